// SPDX-License-Identifier: MIT
//
// holds.h: the reader of ../team/holds.h: do the threads of a program of OpenMP wait for each other,
// and what have they done wrong with locks and barriers?
//
// Theory of operation. A process hangs if every thread that it has waits for something of OpenMP, or
// has done its part of a region, and sleeps in the kernel, and nothing of that changes between two
// looks: then nobody is left who could wake anybody. It hangs, too, if a thread waits for what it
// holds itself, or threads for each other's locks in a circle, whatever others do. That is decided
// from what the threads do, and looked at for a while only to be sure. For it, libgomp must put
// threads that wait to sleep (OMP_WAIT_POLICY=passive).

#ifndef TWOFOLD_HOLDS_READER_H
#define TWOFOLD_HOLDS_READER_H

#include "../team/holds.h"
#include "reader.h"

enum { HOLDS_FILES = BOARD_RANKS };

struct holds_watch {
    char dir[256]; // TWOFOLD_HOLDS of the program; "": nothing is watched
    struct holds *file[HOLDS_FILES];
    char name[HOLDS_FILES][256];
    int count;
    struct holds_seen { // at the last look
        uint64_t state; // a sum over what its threads do
        int same;       // looks since it changed
    } seen[HOLDS_FILES];
    struct findings hang; // at most one
};

// Makes the directory, in /dev/shm or TMPDIR or /tmp. False: it cannot be made, and nothing is
// watched.
bool holds_open(struct holds_watch *watch);
void holds_close(struct holds_watch *watch);
// To be called ten times a second while the program runs. True: threads hang, as holds_say() says.
bool holds_look(struct holds_watch *watch);
// Has any process used OpenMP?
bool holds_seen_any(const struct holds_watch *watch);
// Adds what was found. ended: the program has ended by itself, and well.
void holds_say(struct holds_watch *watch, bool ended, struct findings *findings);

// -- words (holds_hang.c, holds_finds.c) -------------------------------------------------------------

// Says why this process hangs; stuck tells of each slot whether it is among those that hang.
void holds_hang_say(const struct holds *holds, const bool *stuck, struct findings *findings);
void holds_finds_say(const struct holds *holds, struct findings *findings);
void holds_left_say(const struct holds *holds, struct findings *findings);   // locks never unset
void holds_orders_say(const struct holds *holds, struct findings *findings); // taken in two orders

// Who holds what this slot waits for: a slot's number; -1: nobody, or not known.
int holds_holder(const struct holds *holds, const struct hold_at *at);
// Is the slot one of a circle of locks? (One that waits for itself is.)
bool holds_circle(const struct holds *holds, int slot);

#endif
