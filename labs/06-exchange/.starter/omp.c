// SPDX-License-Identifier: MIT
//
// Lab 06 exchange, threads.
//
// Goal     The news reaches every thread in as few rounds of calls as can be; then each compares
//          the numbers of its block with all numbers.
// Run      make run LAB=exchange VERSION=omp WORKERS=2
// Predict  8 workers, 20 ms a call: when does the last one know? q1 in answers.txt first.
// Do       news       In round 1 thread 0 calls thread 1. In round 2 both of them call somebody.
//                     Who calls whom in round 3? exchange_call() writes into the news of the one
//                     who is called: it must not call on before that is done. What makes all
//                     threads wait for the end of a round, and why must all of them come to it,
//                     those without a call, too?
//          sheets     All sheets lie in one memory, so nothing has to travel. Each thread compares
//                     its own block, block_range(x->n, threads, me), with x->number, all of it.
//          combine    Nothing to do. Say why.
// Check    make run LAB=exchange VERSION=omp WORKERS=3 ARGS="--check n=100"
//
// Given: exchange_call(), exchange_compare() (exchange.h), block_range() (kit.h).

#include "exchange.h"

#include <omp.h>

void exchange_omp(struct exchange *x) {
    (void)x; // yours from here
    todo(__func__, __FILE__);
}
