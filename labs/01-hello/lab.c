// SPDX-License-Identifier: MIT
//
// lab.c: describes the lab to the kit: parameters, the roll, and what its lines tell of threads and
// processes.

#include "lab.h"

#include "explain.h"
#include "hello.h"
#include "timeline.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_LINES = 100000, MOST_CORES = 4096 };

struct problem {
    struct hello h; // what the versions see; first, so that both have one address
    int rank;
};

static void destroy(void *problem) {
    struct hello *h = problem;
    free(h->roll);
    free(problem);
}

static void *create(const char *const *values, uint64_t seed, MPI_Comm comm) {
    struct hello h = {.seed = seed};
    long n, cores;
    double pause;
    if (!value_long("n", values[0], 0, MOST_LINES, &n) ||
        !value_long("strokes", values[1], 0, 1000000000000, &h.strokes) ||
        !value_double("pause", values[2], 0, 60000, &pause) ||
        !value_long("cores", values[3], 0, MOST_CORES, &cores) ||
        !memory_fits((double)n * sizeof *h.roll, comm))
        return NULL;
    h.n = (int)n;
    h.pause = pause / 1e3;
    h.cores = (int)cores;
    struct problem *problem = calloc(1, sizeof *problem);
    h.roll = calloc((size_t)n + 1, sizeof *h.roll);
    if (!problem || !h.roll) {
        refuse("No memory for a roll of n=%ld lines; make n smaller.", n);
        free(h.roll);
        free(problem);
        return NULL;
    }
    for (int i = 0; i < h.n; i++)
        h.roll[i].worker = -1;
    if (comm != MPI_COMM_NULL)
        MPI_Comm_rank(comm, &problem->rank);
    problem->h = h;
    hello_begin();
    return problem;
}

// The lines as they stand: every machine the kit runs on is little-endian. Who signed is a part of
// it, so that the roll of two workers is not the roll of one: explain() knows which is right.
static size_t result(const void *problem, void *buf, size_t cap) {
    const struct hello *h = problem;
    const size_t bytes = (size_t)h->n * sizeof *h->roll;
    if (buf && bytes <= cap)
        memcpy(buf, h->roll, bytes);
    return bytes;
}

static enum same explain(const void *problem, const struct version *version, int workers,
                         const void *got, const void *want, size_t size, char *text, size_t cap) {
    const struct hello *h = problem;
    struct line *const lines = malloc(2 * size + 1); // got may lie anywhere
    if (!lines) {
        snprintf(text, cap, "No memory to compare two rolls; make n smaller.");
        return WRONG;
    }
    memcpy(lines, got, size);
    memcpy(lines + h->n, want, size);
    const enum same same =
        hello_explain(h, version->run == RUN_RANKS, !version->given,
                      version->run == RUN_SERIAL ? 1 : workers, lines, lines + h->n, text, cap);
    free(lines);
    return same;
}

static double work(const void *problem) {
    return ((const struct hello *)problem)->n;
}

static double ideal(const void *problem, int workers) {
    const struct hello *h = problem;
    return (double)((h->n + workers - 1) / workers) * h->pause;
}

static void picture(const void *problem, const void *bytes, size_t size, struct picture *picture) {
    const struct hello *h = problem;
    struct line *const roll = malloc(size + 1);
    if (roll) {
        memcpy(roll, bytes, size);
        hello_timeline(roll, h->n, picture);
    } else {
        refuse("No memory for the timeline; make n smaller.");
    }
    free(roll);
}

// -- notes: one variable, how many memories? -----------------------------------------------------------

static int by_number(const void *a, const void *b) {
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

// How many different numbers there are; sorts them.
static int different(uint64_t *number, int n) {
    int count = 0;
    qsort(number, (size_t)n, sizeof *number, by_number);
    for (int i = 0; i < n; i++)
        count += i == 0 || number[i] != number[i - 1];
    return count;
}

static void notes(const void *problem, char *text, size_t cap) {
    const struct hello *h = problem;
    if (((const struct problem *)problem)->rank != 0 || h->n == 0)
        return;
    uint64_t *const number = malloc(3 * (size_t)h->n * sizeof *number);
    uint64_t *const thread = number, *const process = number + h->n, *const at = process + h->n;
    int most = 0, signatures = 0;
    for (int i = 0; number && i < h->n; i++) {
        const struct line *const line = &h->roll[i];
        if (line->worker < 0)
            continue;
        thread[signatures] = (uint64_t)line->thread;
        process[signatures] = (uint64_t)line->process;
        at[signatures++] = line->counter;
        most = line->count > most ? line->count : most;
    }
    if (number && signatures > 0) {
        const int threads = different(thread, signatures),
                  processes = different(process, signatures);
        const int places = different(at, signatures);
        char where[64];
        if (places == 1)
            snprintf(where, sizeof where, "at address %#llx", (unsigned long long)at[0]);
        else
            snprintf(where, sizeof where, "at %d addresses", places);
        if (processes == 1)
            snprintf(text, cap,
                     "signed by %d thread%s of 1 process; its counter, %s, went up to %d", threads,
                     threads == 1 ? "" : "s", where, most);
        else
            snprintf(text, cap,
                     "signed by %d processes; the counter was %s%s, and each process had its own: "
                     "none saw it above %d",
                     processes, where, places == 1 ? " in all of them" : "", most);
    }
    free(number);
}

// -- versions ----------------------------------------------------------------------------------------

static void serial(void *p, MPI_Comm comm, int workers) {
    (void)comm, (void)workers;
    hello_serial(p);
}

static void omp(void *p, MPI_Comm comm, int workers) {
    (void)comm, (void)workers;
    hello_omp(p);
}

static void mpi(void *p, MPI_Comm comm, int workers) {
    (void)workers;
    hello_mpi(p, comm);
}

static void team(void *p, MPI_Comm comm, int workers) {
    (void)comm;
    hello_team(p, workers);
}

static void pthread(void *p, MPI_Comm comm, int workers) {
    (void)comm;
    hello_pthread(p, workers);
}

static void fork_(void *p, MPI_Comm comm, int workers) {
    (void)comm;
    hello_fork(p, workers);
}

static void spawn(void *p, MPI_Comm comm, int workers) {
    (void)comm;
    hello_spawn(p, workers);
}

static const struct param params[] = {
    {"n", "64", "lines of the roll"},
    {"strokes", "2000000", "that a signature takes, a nanosecond or two each"},
    {"pause", "0", "ms that a signer waits before it draws"},
    {"cores", "0", "that all workers share; 0: as many as there are"},
    {0}};

static const struct version versions[] = {
    {"serial", RUN_SERIAL, serial, true},    {"omp", RUN_THREADS, omp, false},
    {"mpi", RUN_RANKS, mpi, false},          {"team", RUN_THREADS, team, true},
    {"pthread", RUN_THREADS, pthread, true}, {"fork", RUN_PROCESSES, fork_, true},
    {"spawn", RUN_PROCESSES, spawn, true},   {0}};

const struct lab lab = {.name = "hello",
                        .title = "A roll that all workers sign",
                        .bound = BOUND_COMPUTE,
                        .params = params,
                        .create = create,
                        .result = result,
                        .explain = explain,
                        .work = work,
                        .unit = "signatures",
                        .destroy = destroy,
                        .versions = versions,
                        .ideal = ideal,
                        .notes = notes,
                        .picture = picture};
