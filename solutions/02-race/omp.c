// SPDX-License-Identifier: MIT
//
// omp.c: the threads of a team drop the balls, each into bins of its own. So nothing is shared while
// balls fall, and what must be done by one thread at a time is a few additions a thread, not one a
// ball. The clause reduction(+ : bin[:r->bins]) of a parallel loop does just this; here it is in
// the open.

#include "race.h"

void race_omp(struct race *r) {
#pragma omp parallel
    {
        long mine[61] = {0}; // declared in the region, so each thread has its own

        // decompose: any thread may take any ball, and all cost the same: equal shares
        // compute:   nobody else knows where my bins are
#pragma omp for nowait
        for (long ball = 0; ball < r->balls; ball++) {
            const int b = race_fall(r, ball);
            mine[b] += r->weight;
        }

        // combine: nowait, so a thread that is done adds while others still drop balls; but one
        // thread at a time
#pragma omp critical
        for (int b = 0; b < r->bins; b++)
            r->bin[b] += mine[b];
    }
    // check: all threads have come to the end of the region, so all balls are there
}
