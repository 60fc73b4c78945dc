// SPDX-License-Identifier: MIT
//
// deadlock.h: the parts of which deadlock.c makes its finding.
//
//     deadlock_circle.c   which ranks are to be told of
//     deadlock_words.c    what one waits for, in words
//     deadlock_threads.c  the other threads of a rank that waits

#ifndef TWOFOLD_DEADLOCK_H
#define TWOFOLD_DEADLOCK_H

#include "graph.h"

// -- the circle (deadlock_circle.c) ----------------------------------------------------------------------

struct circle {
    int ranks[BOARD_RANKS], count;
    bool closed; // the last waits for the first; else it waits for one that has ended
};

// The one to be told: a wait for one that has ended explains itself; else the shortest circle.
void circle_choose(const struct graph *graph, struct circle *best);
// Of a stuck rank, the one in MPI that is to be told; and the first of its clauses that nobody can meet.
const struct waiter *told_of(const struct graph *graph, int rank);
const struct clause *clause_of(const struct graph *graph, const struct waiter *waiter);
// Whom a stuck rank waits for: a stuck one before one that has ended; -1: for nobody.
int next_of(const struct graph *graph, int rank);

// -- words (deadlock_words.c) ----------------------------------------------------------------------------

bool is_send(uint32_t call);
bool is_round(uint32_t call);
bool is_window(uint32_t call);

// "waits in MPI_Recv(source=1, tag=7) at mpi.c:42".
void say_wait(char *text, size_t cap, const struct graph *graph, const struct waiter *waiter,
              const struct clause *clause);
// What the other rank has not done, of a call on a window.
void say_window(char *text, size_t cap, const struct clause *clause, int other);
// A message of this rank's that the other one has taken with a matched probe, and not received. Says so.
bool say_held(char *text, size_t cap, const struct graph *graph, int rank,
              const struct clause *clause);
// A message on its way to `rank` that it does not receive because the tag or the communicator is
// another one. Says so.
bool say_near_miss(char *text, size_t cap, const struct graph *graph, int rank,
                   const struct clause *clause);
// "rank 1 has finished".
void say_absent(char *text, size_t cap, const struct graph *graph, int rank);

// -- threads (deadlock_threads.c) ------------------------------------------------------------------------

// How a thread of a rank is called: by OpenMP's number; else the oldest is 0, and so on.
int thread_number(const struct graph *graph, int rank, int tid);
// ", thread 0 waits at the barrier of a.c:12 (and so do threads 2, 3)": those of its rank but for `but`.
void say_other_threads(char *text, size_t cap, const struct graph *graph, const struct waiter *but);

#endif
