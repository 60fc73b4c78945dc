// SPDX-License-Identifier: MIT
//
// explain.h: between lab.c and explain.c; nothing a student's file needs.

#ifndef FETCH_EXPLAIN_H
#define FETCH_EXPLAIN_H

#include "fetch.h"
#include "lab.h"

// Compares two arrays of `count` objects and says in words where they first differ, and asks the
// question that leads to the cause; got was made by so many ranks or threads. text is empty for
// SAME.
enum same fetch_explain(long count, bool ranks, int workers, const void *got, const void *want,
                        size_t size, char *text, size_t cap);

#endif
