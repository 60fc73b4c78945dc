// SPDX-License-Identifier: MIT
//
// omp.c: the threads of a team share the loop, and each adds to a sum of its own.

#include "sample.h"

void sample_omp(struct sample *s) {
    uint64_t total = 0;
#pragma omp parallel for reduction(+ : total)
    for (long i = 0; i < s->n; i++)
        total += sample_item(s, i);
    s->total = total;
}
