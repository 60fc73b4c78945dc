// SPDX-License-Identifier: MIT
//
// explain.h: between lab.c and explain.c; nothing a student's file needs.

#ifndef ISOLATE_EXPLAIN_H
#define ISOLATE_EXPLAIN_H

#include "isolate.h"
#include "lab.h"

// Compares two arrays of s->records entries, says how they differ and asks what leads to the cause;
// got was made by so many workers. text is empty for SAME.
enum same isolate_explain(const struct isolate *s, bool ranks, int workers, const void *got,
                          const void *want, size_t size, char *text, size_t cap);

#endif
