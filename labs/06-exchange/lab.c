// SPDX-License-Identifier: MIT
//
// lab.c: describes the lab to the kit: parameters, the numbers, who knows what at the start, and how
// the counts come together.

#include "lab.h"

#include "exchange.h"
#include "explain.h"

#include <math.h>
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_NUMBERS = 10000000 };

struct problem {
    struct exchange x; // what the versions see; first, so that both have one address
    MPI_Comm comm;
    int rank, size; // of comm; 0 and 1 without ranks
    int workers;    // ranks, else threads
    bool silent;    // this version makes no calls
};

static void destroy(void *problem) {
    struct exchange *x = problem;
    free((void *)(uintptr_t)x->number);
    free(x->count);
    free(x->news);
    free(problem);
}

// Numbers, counts, and who knows the word. The word is odd, so it is not 0.
static bool fill(struct problem *p, uint64_t seed) {
    struct exchange *const x = &p->x;
    const struct range mine = block_range(x->n, p->size, p->rank);
    x->held = (int)(mine.hi - mine.lo);
    x->longest = (int)(block_range(x->n, p->size, 0).hi);
    uint32_t *const number = malloc((size_t)x->held * sizeof *number + 1);
    x->number = number;
    x->count = calloc((size_t)x->held + 1, sizeof *x->count);
    x->news = calloc((size_t)p->workers, sizeof *x->news);
    if (!number || !x->count || !x->news)
        return refuse("No memory for n=%d numbers; make n smaller.", x->n);
    for (int i = 0; i < x->held; i++)
        number[i] = (uint32_t)random_bits(seed, 1, (uint64_t)(mine.lo + i));
    if (p->rank == 0)
        x->news[0].word = (uint32_t)random_bits(seed, 0, 0) | 1;
    return true;
}

static void *create(const char *const *values, uint64_t seed, MPI_Comm comm) {
    long n;
    double call;
    if (!value_long("n", values[0], 0, MOST_NUMBERS, &n) ||
        !value_double("call", values[1], 0, 60000, &call))
        return NULL;
    struct problem *p = calloc(1, sizeof *p);
    if (!p) {
        refuse("No memory to begin with; free some and try again.");
        return NULL;
    }
    p->x.n = (int)n;
    p->x.call = call / 1e3;
    p->comm = comm;
    p->size = 1;
    if (comm != MPI_COMM_NULL) {
        MPI_Comm_rank(comm, &p->rank);
        MPI_Comm_size(comm, &p->size);
    }
    p->workers = comm != MPI_COMM_NULL ? p->size : omp_get_max_threads();
    if (p->workers > EXCHANGE_WORKERS)
        refuse("%d workers are more than the %d that this lab can seat; take fewer.", p->workers,
               EXCHANGE_WORKERS);
    else if (fill(p, seed))
        return p;
    destroy(p);
    return NULL;
}

// Every rank has its own counts, in blocks that follow each other as the ranks do.
static size_t result(const void *problem, void *buf, size_t cap) {
    const struct problem *p = problem;
    const size_t bytes = (size_t)p->x.n * sizeof *p->x.count;
    int count[EXCHANGE_WORKERS], first[EXCHANGE_WORKERS];
    if (cap < bytes || bytes == 0)
        return bytes;
    for (int r = 0; r < p->size; r++) {
        const struct range block = block_range(p->x.n, p->size, r);
        first[r] = (int)block.lo;
        count[r] = (int)(block.hi - block.lo);
    }
    if (p->comm == MPI_COMM_NULL)
        memcpy(buf, p->x.count, bytes);
    else
        MPI_Gatherv(p->x.count, p->x.held, MPI_UINT32_T, buf, count, first, MPI_UINT32_T, 0,
                    p->comm);
    return bytes;
}

static enum same explain(const void *problem, const struct version *version, int workers,
                         const void *got, const void *want, size_t size, char *text, size_t cap) {
    const struct exchange *x = problem;
    text[0] = '\0';
    if (memcmp(got, want, size) == 0)
        return SAME;
    uint32_t *const counts = malloc(2 * size); // got may lie anywhere
    if (!counts) {
        snprintf(text, cap,
                 "The counts differ, and there is no memory to say how; make n smaller.");
        return WRONG;
    }
    memcpy(counts, got, size);
    memcpy(counts + x->n, want, size);
    const enum same same =
        exchange_explain(x, version->run == RUN_RANKS, workers, counts, counts + x->n, text, cap);
    free(counts);
    return same;
}

static double work(const void *problem) {
    const struct exchange *x = problem;
    return (double)x->n * x->n;
}

// As many know after r rounds as can be: 2^r.
static double ideal(const void *problem, int workers) {
    const struct problem *p = problem;
    return p->silent ? 0 : ceil(log2(workers)) * p->x.call;
}

// Every worker knows in which round it has heard the news; the latest ends the telling.
static void notes(const void *problem, char *text, size_t cap) {
    const struct problem *p = problem;
    int latest = 0;
    for (int w = 0; w < p->workers; w++) {
        const bool mine = p->comm == MPI_COMM_NULL || w == p->rank;
        latest = mine && p->x.news[w].round > latest ? p->x.news[w].round : latest;
    }
    if (p->comm != MPI_COMM_NULL)
        MPI_Allreduce(MPI_IN_PLACE, &latest, 1, MPI_INT, MPI_MAX, p->comm);
    if (p->rank == 0 && p->workers > 1 && !p->silent)
        snprintf(text, cap, "the news needed %d round%s of calls to reach %d workers; %.0f can do",
                 latest, latest == 1 ? "" : "s", p->workers, ceil(log2(p->workers)));
}

// -- versions ----------------------------------------------------------------------------------------

static void serial(void *p, MPI_Comm comm, int workers) {
    (void)comm, (void)workers;
    exchange_serial(p);
}

static void omp(void *p, MPI_Comm comm, int workers) {
    (void)comm, (void)workers;
    exchange_omp(p);
}

static void mpi(void *p, MPI_Comm comm, int workers) {
    (void)workers;
    exchange_mpi(p, comm);
}

static void chain(void *p, MPI_Comm comm, int workers) {
    (void)workers;
    exchange_chain(p, comm);
}

static void library(void *p, MPI_Comm comm, int workers) {
    (void)workers;
    ((struct problem *)p)->silent = true;
    exchange_library(p, comm);
}

static const struct param params[] = {
    {"n", "24000", "numbers, each compared with all"}, {"call", "0", "ms that a call takes"}, {0}};

static const struct version versions[] = {
    {"serial", RUN_SERIAL, serial, true},  {"omp", RUN_THREADS, omp, false},
    {"mpi", RUN_RANKS, mpi, false},        {"chain", RUN_RANKS, chain, true},
    {"library", RUN_RANKS, library, true}, {0}};

const struct lab lab = {.name = "exchange",
                        .title = "News that all must hear, and sheets that all must see",
                        .bound = BOUND_COMPUTE,
                        .params = params,
                        .create = create,
                        .result = result,
                        .explain = explain,
                        .work = work,
                        .unit = "comparisons",
                        .destroy = destroy,
                        .versions = versions,
                        .ideal = ideal,
                        .notes = notes};
