// SPDX-License-Identifier: MIT
//
// lab.c: describes the lab to the kit.

#include "lab.h"

#include "sample.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const long MOST_ITEMS = 1000000000000;

static void *create(const char *const *values, uint64_t seed, MPI_Comm comm) {
    (void)comm; // every rank makes the same
    struct sample made = {.seed = seed};
    if (!value_long("n", values[0], 0, MOST_ITEMS, &made.n))
        return NULL;
    struct sample *s = malloc(sizeof *s);
    if (!s) {
        refuse("No memory for the problem; free some and try again.");
        return NULL;
    }
    *s = made;
    return s;
}

static size_t result(const void *problem, void *buf, size_t cap) {
    const struct sample *s = problem;
    if (buf && sizeof s->total <= cap)
        memcpy(buf, &s->total, sizeof s->total);
    return sizeof s->total;
}

static enum same explain(const void *problem, const struct version *version, int workers,
                         const void *got, const void *want, size_t size, char *text, size_t cap) {
    (void)problem, (void)workers;
    uint64_t mine, right;
    if (memcmp(got, want, size) == 0)
        return SAME;
    memcpy(&mine, got, sizeof mine);
    memcpy(&right, want, sizeof right);
    snprintf(text, cap,
             "The sum is %llu and should be %llu. Is every item added exactly once, and does the "
             "sum of every %s arrive?",
             (unsigned long long)mine, (unsigned long long)right,
             version->run == RUN_RANKS ? "rank" : "thread");
    return WRONG;
}

static double work(const void *problem) {
    return (double)((const struct sample *)problem)->n;
}

static void serial(void *problem, MPI_Comm comm, int workers) {
    (void)comm, (void)workers;
    sample_serial(problem);
}

static void omp(void *problem, MPI_Comm comm, int workers) {
    (void)comm, (void)workers;
    sample_omp(problem);
}

static void mpi(void *problem, MPI_Comm comm, int workers) {
    (void)workers;
    sample_mpi(problem, comm);
}

static const struct param params[] = {{"n", "20000000", "how many items"}, {0}};

static const struct version versions[] = {{"serial", RUN_SERIAL, serial, true},
                                          {"omp", RUN_THREADS, omp, false},
                                          {"mpi", RUN_RANKS, mpi, false},
                                          {0}};

const struct lab lab = {.name = "sample",
                        .title = "SAMPLE_TITLE",
                        .bound = BOUND_COMPUTE,
                        .params = params,
                        .create = create,
                        .result = result,
                        .explain = explain,
                        .work = work,
                        .unit = "items",
                        .destroy = free,
                        .versions = versions};
