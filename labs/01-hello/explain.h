// SPDX-License-Identifier: MIT
//
// explain.h: between lab.c and explain.c; nothing a student's file needs.

#ifndef HELLO_EXPLAIN_H
#define HELLO_EXPLAIN_H

#include "hello.h"
#include "lab.h"

// Is `got`, h->n lines, the roll that so many workers must leave? want: the roll as one worker
// signed it, for the signatures. If not, text says which line is wrong, and asks what leads to the
// cause. alone: each worker is one thread of its own.
enum same hello_explain(const struct hello *h, bool ranks, bool alone, int workers,
                        const struct line *got, const struct line *want, char *text, size_t cap);

#endif
