// SPDX-License-Identifier: MIT
//
// padded.c: given, to compare with. As packed.c, but every thread's bins begin on a cache line of
// their own, and the line they end on is filled up with bytes that nobody uses. Each core keeps its
// lines.

#include "race.h"

#include <omp.h>
#include <stdlib.h>
#include <string.h>

enum { LINE = 128 }; // bytes: a line is 64, and some processors fetch two that belong together

void race_padded(struct race *r) {
    const size_t threads = (size_t)omp_get_max_threads(), longs_a_line = LINE / sizeof(long);
    const size_t stride = ((size_t)r->bins + longs_a_line - 1) / longs_a_line * longs_a_line;
    long *const all = aligned_alloc(LINE, threads * stride * sizeof *all);
    if (!all) {
        refuse("No memory for the bins of %zu threads; start fewer of them.", threads);
        return;
    }
    memset(all, 0, threads * stride * sizeof *all);
#pragma omp parallel
    {
        long *const mine = all + (size_t)omp_get_thread_num() * stride;
#pragma omp for
        for (long ball = 0; ball < r->balls; ball++)
            mine[race_fall(r, ball)] += r->weight;
    }
    for (size_t t = 0; t < threads; t++)
        for (int b = 0; b < r->bins; b++)
            r->bin[b] += all[t * stride + (size_t)b];
    free(all);
}
