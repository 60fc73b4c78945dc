// SPDX-License-Identifier: MIT
//
// omp.c: threads. The news goes by a tree of calls, round by round; the sheets do not travel at
// all, for they lie where every thread can read them. What threads need in place of messages is to
// know when something has been written: that is the barrier.

#include "exchange.h"

#include <omp.h>

void exchange_omp(struct exchange *x) {
#pragma omp parallel
    {
        const int me = omp_get_thread_num(), threads = omp_get_num_threads();

        // news: at the start of a round threads 0 .. known-1 know, and each calls one who does not.
        // Every thread comes to the end of every round: who was called may call on only then.
        for (int known = 1; known < threads; known *= 2) {
            if (me < known && me + known < threads)
                exchange_call(x, me, me + known);
#pragma omp barrier
        }

        // sheets: my block, with all numbers
        const struct range mine = block_range(x->n, threads, me);
        exchange_compare(x, me, (int)mine.lo, (int)mine.hi, x->number, x->n);
    }
    // combine: no two threads wrote to the same count, and the team has ended
}
