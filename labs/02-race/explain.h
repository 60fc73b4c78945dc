// SPDX-License-Identifier: MIT
//
// explain.h: between lab.c and explain.c; nothing a student's file needs.

#ifndef RACE_EXPLAIN_H
#define RACE_EXPLAIN_H

#include "lab.h"
#include "race.h"

// Compares two arrays of r->bins bins, says how they differ and asks what leads to the cause; got
// was made by so many ranks or threads. text is empty for SAME.
enum same race_explain(const struct race *r, bool ranks, int workers, const void *got,
                       const void *want, size_t size, char *text, size_t cap);

#endif
