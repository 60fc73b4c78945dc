// SPDX-License-Identifier: MIT
//
// lab.c: describes the lab to the kit: parameters, the bins, their picture, and who lost what.

#include "lab.h"

#include "explain.h"
#include "picture.h"
#include "race.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// The sum over all bins, balls * weight, stays below 2^63.
static const long MOST_BALLS = 1000000000000, MOST_WEIGHT = 4000000;
enum { MOST_ROWS = 60 };

static void destroy(void *problem) {
    struct race *r = problem;
    free(r->bin);
    free(r);
}

static void *create(const char *const *values, uint64_t seed, MPI_Comm comm) {
    (void)comm; // every rank makes the same
    struct race race = {.seed = random_bits(seed, 0, 0)};
    long rows;
    if (!value_long("balls", values[0], 0, MOST_BALLS, &race.balls) ||
        !value_long("rows", values[1], 0, MOST_ROWS, &rows) ||
        !value_long("weight", values[2], 1, MOST_WEIGHT, &race.weight))
        return NULL;
    race.rows = (int)rows;
    race.bins = race.rows + 1;
    struct race *r = malloc(sizeof *r);
    race.bin = calloc((size_t)race.bins, sizeof *race.bin);
    if (!r || !race.bin) {
        refuse("No memory for %d bins; free some and try again.", race.bins);
        free(race.bin);
        free(r);
        return NULL;
    }
    *r = race;
    return r;
}

// The bins as they stand: every machine the kit runs on is little-endian, with 64-bit longs.
static size_t result(const void *problem, void *buf, size_t cap) {
    const struct race *r = problem;
    const size_t bytes = (size_t)r->bins * sizeof *r->bin;
    if (buf && bytes <= cap)
        memcpy(buf, r->bin, bytes);
    return bytes;
}

static enum same explain(const void *problem, const struct version *version, int workers,
                         const void *got, const void *want, size_t size, char *text, size_t cap) {
    return race_explain(problem, version->run == RUN_RANKS, workers, got, want, size, text, cap);
}

static double work(const void *problem) {
    return (double)((const struct race *)problem)->balls;
}

static void notes(const void *problem, char *text, size_t cap) {
    const struct race *r = problem;
    if (r->lost > 0)
        snprintf(text, cap,
                 "%ld of %ld balls (%.1f %%) got lost in the shared bins; they were put back "
                 "afterwards, from what each thread had counted for itself",
                 r->lost, r->balls, 100.0 * (double)r->lost / (double)r->balls);
}

// -- picture: a column for each bin, the fullest as high as the picture -----------------------------

static void picture(const void *problem, const void *bytes, size_t size, struct picture *picture) {
    enum { HEIGHT = 400, COLUMN = 24, GAP = 2 };
    const struct race *r = problem;
    long bin[MOST_ROWS + 1], fullest = 1;
    if (size != (size_t)r->bins * sizeof *bin || !picture_size(picture, r->bins * COLUMN, HEIGHT))
        return;
    memcpy(bin, bytes, size);
    for (int b = 0; b < r->bins; b++)
        fullest = bin[b] > fullest ? bin[b] : fullest;
    for (int b = 0; b < r->bins; b++) {
        const double share = (double)bin[b] / (double)fullest;
        uint8_t rgb[3];
        picture_ramp(share, rgb);
        for (int y = 0; y < (int)(share * HEIGHT); y++)
            for (int x = GAP; x < COLUMN; x++)
                picture_set(picture, b * COLUMN + x, HEIGHT - 1 - y, rgb);
    }
}

// -- versions ----------------------------------------------------------------------------------------

static void serial(void *p, MPI_Comm comm, int workers) {
    (void)comm, (void)workers;
    race_serial(p);
}

static void omp(void *p, MPI_Comm comm, int workers) {
    (void)comm, (void)workers;
    race_omp(p);
}

static void mpi(void *p, MPI_Comm comm, int workers) {
    (void)workers;
    race_mpi(p, comm);
}

static void lossy(void *p, MPI_Comm comm, int workers) {
    (void)comm, (void)workers;
    race_lossy(p);
}

static void locked(void *p, MPI_Comm comm, int workers) {
    (void)comm, (void)workers;
    race_locked(p);
}

static void atomic(void *p, MPI_Comm comm, int workers) {
    (void)comm, (void)workers;
    race_atomic(p);
}

static void packed(void *p, MPI_Comm comm, int workers) {
    (void)comm, (void)workers;
    race_packed(p);
}

static void padded(void *p, MPI_Comm comm, int workers) {
    (void)comm, (void)workers;
    race_padded(p);
}

static const struct param params[] = {{"balls", "20000000", "how many fall"},
                                      {"rows", "6", "rows of pins; there is one bin more, 0 to 60"},
                                      {"weight", "1", "of one ball, grams"},
                                      {0}};

static const struct version versions[] = {{"serial", RUN_SERIAL, serial, true},
                                          {"omp", RUN_THREADS, omp, false},
                                          {"mpi", RUN_RANKS, mpi, false},
                                          {"lossy", RUN_THREADS, lossy, true},
                                          {"locked", RUN_THREADS, locked, true},
                                          {"atomic", RUN_THREADS, atomic, true},
                                          {"packed", RUN_THREADS, packed, true},
                                          {"padded", RUN_THREADS, padded, true},
                                          {0}};

const struct lab lab = {.name = "race",
                        .title = "A histogram that all workers add to",
                        .bound = BOUND_COMPUTE,
                        .params = params,
                        .create = create,
                        .result = result,
                        .explain = explain,
                        .work = work,
                        .unit = "balls",
                        .destroy = destroy,
                        .versions = versions,
                        .notes = notes,
                        .picture = picture};
