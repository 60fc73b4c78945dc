// SPDX-License-Identifier: MIT
//
// verifier.h: the program that has the last word: the lab without a line of the student in it.

#ifndef TWOFOLD_CHECK_VERIFIER_H
#define TWOFOLD_CHECK_VERIFIER_H

#include "labs.h"
#include <stdbool.h>

// Finds it: build/solutions/NAME where solutions are there; else the lab's own objects are linked
// into DIR/verifier, without those of the student's files, whose functions stay undefined: to verify
// is to compute serially, and nobody calls them. False: text says what is missing.
bool verifier_find(const char *root, const struct lab_entry *lab, const char *dir, char *path,
                   size_t path_cap, char *text, size_t cap);

// Does it have every version, so that a student's run can be held against its time?
bool verifier_is_whole(const struct lab_entry *lab);

#endif
