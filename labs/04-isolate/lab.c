// SPDX-License-Identifier: MIT
//
// lab.c: describes the lab to the kit: parameters, entries, and who was left behind.

#include "lab.h"

#include "explain.h"
#include "record.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

enum { MOST_RECORDS = 1000000 };

static void destroy(void *of) {
    struct isolate *const s = of;
    free(s->entry);
    free(of);
}

static void *create(const char *const *values, uint64_t seed, MPI_Comm comm) {
    struct secret t = {.seed = seed};
    long records, poison;
    int kills, launch;
    static const char *const launches[] = {"again", "first", NULL};
    if (!value_long("records", values[0], 0, MOST_RECORDS, &records) ||
        !value_long("strokes", values[1], 0, 1000000000000, &t.strokes) ||
        !value_long("poison", values[2], 0, MOST_RECORDS, &poison) ||
        !value_choice("kills", values[3], kills_names, &kills) ||
        !value_choice("launch", values[4], launches, &launch))
        return NULL;
    t.s.records = (int)records;
    t.poison = (int)(poison < records ? poison : records);
    t.kills = (enum kills)kills;
    t.anew = launch > 0;
    if (comm != MPI_COMM_NULL)
        MPI_Comm_rank(comm, &t.rank);
    struct secret *const secret = malloc(sizeof *secret);
    t.s.entry = calloc((size_t)records + 1, sizeof *t.s.entry);
    if (!secret || !t.s.entry) {
        refuse("No memory for records=%ld records; take fewer.", records);
        free(t.s.entry);
        free(secret);
        return NULL;
    }
    *secret = t;
    secret->s.secret = secret;
    return secret;
}

// The entries as they stand: every machine the kit runs on is little-endian, with 64-bit longs.
static size_t result(const void *of, void *buf, size_t cap) {
    const struct isolate *const s = of;
    const size_t bytes = (size_t)s->records * sizeof *s->entry;
    if (buf && bytes <= cap)
        memcpy(buf, s->entry, bytes);
    return bytes;
}

static enum same explain(const void *of, const struct version *version, int workers,
                         const void *got, const void *want, size_t size, char *text, size_t cap) {
    return isolate_explain(of, version->run == RUN_RANKS, workers, got, want, size, text, cap);
}

static double work(const void *of) {
    return ((const struct isolate *)of)->records;
}

static void notes(const void *of, char *text, size_t cap) {
    const struct secret *const t = of;
    if (t->rank == 0 && t->left > 0)
        snprintf(text, cap, "%d worker%s left behind, dead or alive", t->left,
                 t->left == 1 ? " was" : "s were");
    else if (t->rank == 0)
        snprintf(text, cap, "%s", t->story);
}

// -- versions ----------------------------------------------------------------------------------------

static void serial(void *p, MPI_Comm comm, int workers) {
    (void)comm, (void)workers;
    isolate_serial(p);
}

static void omp(void *p, MPI_Comm comm, int workers) {
    (void)comm, (void)workers;
    isolate_omp(p);
}

static void mpi(void *p, MPI_Comm comm, int workers) {
    (void)workers;
    isolate_mpi(p, comm);
}

// Whoever is a child of this process afterwards was left behind: dead, or still alive.
static void super(void *p, MPI_Comm comm, int workers) {
    (void)comm;
    struct secret *const t = p;
    isolate_super(p, workers);
    while (waitpid(-1, NULL, WNOHANG) > 0)
        t->left++;
    if (errno != ECHILD)
        t->left++;
}

static void together(void *p, MPI_Comm comm, int workers) {
    (void)comm;
    isolate_together(p, workers);
}

static void apart(void *p, MPI_Comm comm, int workers) {
    (void)comm;
    isolate_apart(p, workers);
}

static void returns(void *p, MPI_Comm comm, int workers) {
    (void)workers;
    isolate_returns(p, comm);
}

static void saved(void *p, MPI_Comm comm, int workers) {
    (void)workers;
    isolate_saved(p, comm);
}

static const struct param params[] = {
    {"records", "64", "how many there are"},
    {"strokes", "200000", "of work in each, a nanosecond or two a stroke"},
    {"poison", "0", "of them, records that do to their worker what `kills` says"},
    {"kills", "crash", "crash, exit (without a word), or wild (it writes over what it can reach)"},
    {"launch", "again", "of saved: first forgets what earlier launches have saved, again goes on"},
    {0}};

static const struct version versions[] = {{"serial", RUN_SERIAL, serial, true},
                                          {"omp", RUN_THREADS, omp, false},
                                          {"mpi", RUN_RANKS, mpi, false},
                                          {"super", RUN_PROCESSES, super, false},
                                          {"together", RUN_PROCESSES, together, true},
                                          {"apart", RUN_PROCESSES, apart, true},
                                          {"returns", RUN_RANKS, returns, true},
                                          {"saved", RUN_RANKS, saved, true},
                                          {0}};

const struct lab lab = {.name = "isolate",
                        .title = "Records, some of which kill their worker",
                        .bound = BOUND_COMPUTE,
                        .params = params,
                        .create = create,
                        .result = result,
                        .explain = explain,
                        .work = work,
                        .unit = "records",
                        .destroy = destroy,
                        .versions = versions,
                        .notes = notes};
