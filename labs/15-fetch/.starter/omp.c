// SPDX-License-Identifier: MIT
//
// Goal     Far more threads than cores, each with a download under way: the waits overlap.
// Run      make run LAB=fetch VERSION=omp WORKERS=16
// Predict  answers.txt, q1 to q3: how much faster are 16 threads on this machine's few cores?
// Do       1  Decompose: the numbers 0 .. f->count - 1. Some objects may be slower than others
//             (distribution=tail): which schedule keeps threads from idling behind them?
//          2  Compute: every thread opens a link of its own, uses it for all its objects, and
//             closes it. So the link is opened inside the parallel region, before its loop.
//             A try may fail (errors=0.2): see what fetch_get() returns.
//          3  Combine: nothing to do. Say why.
// Check    make run LAB=fetch VERSION=omp WORKERS=8 ARGS=--check, then make compare LAB=fetch
//
// Given: fetch_open(), fetch_get(), fetch_close() (fetch.h). serial.c has the loop.

#include "fetch.h"

void fetch_omp(struct fetch *f) {
    (void)f; // goes when your code comes
    todo(__func__, __FILE__);
}
