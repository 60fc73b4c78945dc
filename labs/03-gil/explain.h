// SPDX-License-Identifier: MIT
//
// explain.h: between lab.c and explain.c; nothing a student's file needs.

#ifndef GIL_EXPLAIN_H
#define GIL_EXPLAIN_H

#include "gil.h"
#include "lab.h"

// Compares two arrays of g->tasks answers and their sum, says how they differ and asks what leads to
// the cause; got was made by so many ranks or threads. text is empty for SAME.
enum same gil_explain(const struct gil *g, bool ranks, int workers, const void *got,
                      const void *want, size_t size, char *text, size_t cap);

#endif
