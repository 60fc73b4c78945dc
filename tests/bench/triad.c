// SPDX-License-Identifier: MIT
//
// triad.c: the memory-bandwidth limit that a plain loop reaches: a[i] = b[i] + s * c[i] (McCalpin,
// STREAM, 1995) over three arrays of one third of the footprint, each thread on pages it touched
// first. 32 bytes cross for each element: two reads, one write, and the read of the written line
// that a plain store costs.
//
//     triad THREADS FOOTPRINT_BYTES      prints {"wall_ms":...,"work":BYTES}, the mean of its passes

#include "kit.h"

#include <omp.h>
#include <stdio.h>
#include <stdlib.h>

static double pass(double *restrict a, const double *restrict b, const double *restrict c, long n) {
    double before = now();
#pragma omp parallel for schedule(static)
    for (long i = 0; i < n; i++)
        a[i] = b[i] + 3.0 * c[i];
    return now() - before;
}

int main(int argc, char **argv) {
    int threads = argc == 3 ? atoi(argv[1]) : 0;
    long n = argc == 3 ? atol(argv[2]) / 24 : 0;
    if (threads < 1 || n < 1) {
        fprintf(stderr, "usage: triad THREADS FOOTPRINT_BYTES\n");
        return 2;
    }
    size_t bytes = (size_t)n * sizeof(double);
    double *a = memory_pages(bytes), *b = memory_pages(bytes), *c = memory_pages(bytes);
    if (!a || !b || !c) {
        fprintf(stderr, "triad: no memory for %ld bytes\n", 24 * n);
        return 2;
    }
    omp_set_num_threads(threads);
#pragma omp parallel for schedule(static)
    for (long i = 0; i < n; i++) {
        a[i] = 0;
        b[i] = (double)i;
        c[i] = 1;
    }
    // The mean, as a kernel of many steps cannot choose its best one either.
    enum { PASSES = 20 };
    double all = 0;
    pass(a, b, c, n);
    for (int i = 0; i < PASSES; i++)
        all += pass(a, b, c, n);
    if (a[n / 2] != (double)(n / 2) + 3) {
        fprintf(stderr, "triad: a wrong sum\n");
        return 1;
    }
    printf("{\"wall_ms\":%.6g,\"work\":%ld}\n", all / PASSES * 1e3, 32 * n);
    memory_free(a, bytes);
    memory_free(b, bytes);
    memory_free(c, bytes);
    return 0;
}
