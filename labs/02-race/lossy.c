// SPDX-License-Identifier: MIT
//
// lossy.c: given, to look at what goes wrong. Threads add to shared bins and take no care: one
// reads a bin, another one reads it, too, both add their ball, both write, and one ball is gone.
//
// Each thread also counts for itself what it threw into which bin. Nobody else writes there, so at
// the end we know how many balls should be in the bins, note how many are missing, and put them
// back.
//
// Reading and writing are `atomic` here one by one, which is what makes the program legal C: plain
// reads and writes that race have no meaning at all, and a compiler may do with them what it likes.
// What is not atomic is the three steps together: read, add, write.

#include "race.h"

#include <stdlib.h>

void race_lossy(struct race *r) {
    long *const all = calloc((size_t)r->bins, sizeof *all); // what the threads say they threw
    if (!all) {
        refuse("No memory for %d bins; free some and try again.", r->bins);
        return;
    }
#pragma omp parallel
    {
        long mine[61] = {0};
#pragma omp for
        for (long ball = 0; ball < r->balls; ball++) {
            const int b = race_fall(r, ball);
            long there;
#pragma omp atomic read
            there = r->bin[b];
            there += r->weight;
#pragma omp atomic write
            r->bin[b] = there;
            mine[b] += r->weight;
        }
        for (int b = 0; b < r->bins; b++) {
#pragma omp atomic
            all[b] += mine[b];
        }
    }
    for (int b = 0; b < r->bins; b++) {
        r->lost += (all[b] - r->bin[b]) / r->weight;
        r->bin[b] = all[b];
    }
    free(all);
}
