// SPDX-License-Identifier: MIT
//
// holds_parts.h: the parts of which sentences about waiting threads are made: lines, locks, and
// what a thread does.

#ifndef TWOFOLD_HOLDS_PARTS_H
#define TWOFOLD_HOLDS_PARTS_H

#include "holds.h"

// Where in the source a return address of that process stands.
struct place holds_place(const struct holds *holds, uint64_t pc);
// Writes "a.c:12", or that the line is not known, and returns text.
const char *holds_line(const struct holds *holds, uint64_t pc, char *text, size_t cap);
// What is waited for: "the lock `a`", "the critical section without a name".
void holds_what(const struct holds *holds, const struct hold_at *at, char *text, size_t cap);
// What is known of this lock or critical section; NULL: nothing.
const struct hold_lock *holds_lock(const struct holds *holds, uint64_t what);
// What a thread does: "waits at the barrier of a.c:12".
void holds_does(const struct holds *holds, const struct hold_slot *slot, char *text, size_t cap);
// " (and so do threads 2, 3)" of these that do the same; nothing where there are none.
void holds_alike(char *text, size_t cap, const int *numbers, int count);
// Begins a finding of that thread, at pc; its text begins with the rank where there is one. NULL:
// no memory is left.
struct evidence *holds_finding(const struct holds *holds, const char *kind, const char *call,
                               int thread, uint64_t pc, struct findings *findings);

#endif
