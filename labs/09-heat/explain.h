// SPDX-License-Identifier: MIT
//
// explain.h: says in words how a result differs from the serial one.

#ifndef EXPLAIN_H
#define EXPLAIN_H

#include "lab.h"

// See struct lab. got and want: the plate, n * n doubles, row by row.
enum same heat_explain(const void *problem, const struct version *version, int workers,
                       const void *got, const void *want, size_t size, char *text, size_t cap);

#endif
