// SPDX-License-Identifier: MIT
//
// packed.c: given, to compare with. Every thread has bins of its own, so nothing is shared, and
// nothing gets lost. But the bins of all threads lie side by side in one array, and memory moves
// between cores by the cache line, 64 bytes: eight longs. Where two threads' bins lie on one line
// they take it from each other, as if they shared a number: false sharing.

#include "race.h"

#include <omp.h>
#include <stdlib.h>

void race_packed(struct race *r) {
    const size_t bins = (size_t)r->bins, threads = (size_t)omp_get_max_threads();
    long *const all = calloc(threads * bins, sizeof *all);
    if (!all) {
        refuse("No memory for the bins of %zu threads; start fewer of them.", threads);
        return;
    }
#pragma omp parallel
    {
        long *const mine = all + (size_t)omp_get_thread_num() * bins;
#pragma omp for
        for (long ball = 0; ball < r->balls; ball++)
            mine[race_fall(r, ball)] += r->weight;
    }
    for (size_t i = 0; i < threads * bins; i++)
        r->bin[i % bins] += all[i];
    free(all);
}
