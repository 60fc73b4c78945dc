// SPDX-License-Identifier: MIT
//
// shown.h: how many hints of which ladder were shown already; build/check/LAB.hints keeps it, a
// line a ladder: "2 mpi-equal [mpi-* WRONG: not a number]". The file may be deleted at any time:
// then the hints begin anew.

#ifndef TWOFOLD_SHOWN_H
#define TWOFOLD_SHOWN_H

#include <stdbool.h>
#include <stddef.h>

// How many hints were shown under this name; 0: none, or there is no such file.
int shown_count(const char *path, const char *name);

// Notes that so many were shown. False: it cannot be written; text says why.
bool shown_note(const char *path, const char *name, int count, char *text, size_t cap);

#endif
