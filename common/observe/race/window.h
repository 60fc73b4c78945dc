// SPDX-License-Identifier: MIT
//
// window.h: the memory of windows, which other ranks reach into.
//
// Theory of operation. TSan sees what the owner of a window does with it, and nothing of what other
// ranks do. So each rank notes whom it reached, where and from which line. At the call that ends an
// epoch for all who take part the ranks tell each other, by a communicator of the lane's own, and
// the owner plays what the others did on fibers whose clock is that of the epoch's begin (so they
// are made with the window: a fiber comes after what was before its creation). What the
// owner did before that comes before, what it does later comes after; what it did in between is
// ordered by nothing, and TSan finds it if the two meet.
//
// Within an epoch messages may order two accesses as well: the owner reads, and sends a message; who
// gets it writes. So what is done after a message has come is played as what comes after all that the
// owner did before it sent one.
//
// Two kinds of epochs are followed: those between two fences, and those of MPI_Win_post and
// MPI_Win_wait. In both nothing can end an access earlier. Of those under locks it is not known here
// what came first.
//
//     window.c   which windows there are and which epoch an access belongs to
//     reach.c    tells and plays what was reached

#ifndef TWOFOLD_RACE_WINDOW_H
#define TWOFOLD_RACE_WINDOW_H

#include "message.h"
#include <stdint.h>

// A piece of memory that a rank reached.
struct reach {
    int64_t at, bytes; // from the window's begin on
    int64_t place;     // of the call, from the program's begin on
    int32_t target;    // a rank of the window
    bool written;
    bool atomic; // by an accumulate: those may meet each other
    bool told;   // after a message from someone, who may have said that it may be done now
};

struct reaches {
    struct reach *at;
    size_t count, room;
};

// Ranks of a window.
struct ranks {
    int *at;
    int count;
};

// What an origin may be in, and whose accesses are kept apart.
enum epoch { EPOCH_FENCE, EPOCH_START, EPOCHS };

struct sending;
struct window {
    struct window *next;
    MPI_Win win;
    MPI_Comm comm; // the lane's own, of the same ranks
    int size;
    char *base; // of this rank's memory
    MPI_Aint bytes;
    int *units;                     // of displacements, by rank
    struct reaches reached[EPOCHS]; // that nobody has been told of
    char begun[EPOCHS];             // tokens: the fence; the post
    char over;                      // token: what others did has been played
    unsigned seen[EPOCHS];          // messages before an epoch of this rank
    int locks;                      // that this rank holds: what it reaches is not followed
    void **fibers;                  // one each rank, and one for the accumulates of all
    struct ranks started, posted;
    struct sending *sendings;
};

struct window *window_of(MPI_Win win); // NULL: it is not followed
void window_made(MPI_Win win, MPI_Comm comm, void *base, MPI_Aint bytes, int unit);
void window_freed(MPI_Win win);

// What an access reaches at its target.
struct reaching {
    int target;
    MPI_Aint at;
    int count;
    MPI_Datatype type;
    bool written, atomic;
};
void window_reached(MPI_Win win, const struct reaching *reaching, void *caller);

void window_fenced(MPI_Win win);           // inside the fence, by all
void window_locked(MPI_Win win, int more); // locks more than before
void window_started(MPI_Win win, MPI_Group group);
void window_completes(MPI_Win win); // before it does
void window_posted(MPI_Win win, MPI_Group group);
void window_waited(MPI_Win win); // all who were let in have completed

// reach.c
void reach_add(struct reaches *reaches, const struct reach *reach);
void reach_exchange(struct window *window);         // all members of the window at once
void reach_send(struct window *window, int target); // this rank's to it, at MPI_Win_complete
void reach_receive(struct window *window);          // from all who were let in
void reach_sent(struct window *window);             // lets go of what has arrived

#endif
