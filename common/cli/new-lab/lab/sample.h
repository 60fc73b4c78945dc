// SPDX-License-Identifier: MIT
//
// sample.h: the contract of SAMPLE_DIRECTORY. You write sample_omp() and sample_mpi().

#ifndef SAMPLE_H
#define SAMPLE_H

#include "kit.h"

#include <mpi.h>
#include <stdint.h>

struct sample {
    long n;         // how many items there are
    uint64_t seed;  // of the items; sample_item() knows what to do with it
    uint64_t total; // the result, 0 at the start: the sum over all items, modulo 2^64
};

// Given, serial.c.
void sample_serial(struct sample *s);

// Yours: threads, omp.c.
void sample_omp(struct sample *s);

// Yours: ranks, mpi.c. Every rank of comm calls it, with the same n and seed. At the end s->total of
// rank 0 is the sum over all items; that of other ranks is not looked at.
void sample_mpi(struct sample *s, MPI_Comm comm);

// Given: the value of item i, 0 <= i < n. Any worker may ask for any item, in any order.
static inline uint64_t sample_item(const struct sample *s, long i) {
    const uint64_t value = random_bits(s->seed, 0, (uint64_t)i);
    return value * value;
}

#endif
