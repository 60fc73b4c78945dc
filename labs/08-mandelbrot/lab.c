// SPDX-License-Identifier: MIT
//
// lab.c: describes the lab to the kit: parameters, views, the result and its picture.

#include "lab.h"

#include "explain.h"
#include "kit.h"
#include "mandelbrot.h"
#include "picture.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct problem {
    struct mandelbrot m; // what the versions see; first, so that both have one address
    int blocks;          // equal blocks of rows that the call was cut into; 0: none
};

// Places worth a look: the point in the middle and the width shown. antenna has nearly all its
// work in the lower half; the halves of full are equal, but not its quarters.
static const char *const view_names[] = {"antenna", "full", "seahorse", "mini", NULL};
static const struct view {
    double x, y, width;
} views[] = {
    {-0.16, 0.95, 0.35},       // antenna
    {-0.7, 0.0, 2.6},          // full
    {-0.7453, 0.1127, 0.0065}, // seahorse
    {-0.1565, 1.0325, 0.04},   // mini
};

static size_t picture_bytes(const struct mandelbrot *m) {
    return (size_t)m->n * (size_t)m->n * sizeof *m->count;
}

static bool holds_picture(MPI_Comm comm) {
    int rank = 0;
    if (comm != MPI_COMM_NULL)
        MPI_Comm_rank(comm, &rank);
    return rank == 0;
}

// Every seed moves the view by up to 2 % of its width: the work stays, the counts do not.
static void look(struct mandelbrot *m, const struct view *view, uint64_t seed) {
    double right = (random_unit(seed, 0, 0) - 0.5) * 0.04;
    double up = (random_unit(seed, 0, 1) - 0.5) * 0.04;
    m->left = view->x + (right - 0.5) * view->width;
    m->top = view->y + (up + 0.5) * view->width;
    m->step = m->n > 0 ? view->width / m->n : 0;
}

static void *create(const char *const *values, uint64_t seed, MPI_Comm comm) {
    long n, iterations;
    int view;
    if (!value_long("n", values[0], 0, 32767, &n) ||
        !value_long("iterations", values[1], 1, 10000000, &iterations) ||
        !value_choice("view", values[2], view_names, &view))
        return NULL;
    struct mandelbrot m = {.n = (int)n, .iterations = (int)iterations};
    look(&m, &views[view], seed);
    bool whole = holds_picture(comm);
    size_t row_bytes = (size_t)n * sizeof *m.count; // what a rank without the picture works with
    if (!memory_fits(whole ? (double)picture_bytes(&m) : (double)row_bytes, comm))
        return NULL;
    struct problem *problem = calloc(1, sizeof *problem);
    if (whole)
        m.count = malloc(picture_bytes(&m) + 1); // + 1: n may be 0
    if (!problem || (whole && !m.count)) {
        refuse("No memory for a picture of n=%ld rows; make n smaller.", n);
        free(m.count);
        free(problem);
        return NULL;
    }
    for (size_t i = 0; whole && i < (size_t)n * (size_t)n; i++)
        m.count[i] = NEVER;
    problem->m = m;
    return problem;
}

static void destroy(void *p) {
    struct problem *problem = p;
    free(problem->m.count);
    free(problem);
}

// The picture as it stands: every machine the kit runs on is little-endian.
static size_t result(const void *p, void *buf, size_t cap) {
    const struct mandelbrot *m = p;
    if (m->count && picture_bytes(m) <= cap)
        memcpy(buf, m->count, picture_bytes(m));
    return picture_bytes(m);
}

static enum same explain(const void *p, const struct version *version, int workers, const void *got,
                         const void *want, size_t size, char *text, size_t cap) {
    return mandelbrot_explain(p, version->run == RUN_RANKS, workers, got, want, size, text, cap);
}

// The iterations of the rows lo <= row < hi of a picture that is there.
static double iterations_of(const struct mandelbrot *m, long lo, long hi) {
    double sum = 0;
    for (size_t i = (size_t)lo * (size_t)m->n; i < (size_t)hi * (size_t)m->n; i++)
        sum += m->count[i] == NEVER ? 0 : m->count[i];
    return sum;
}

static double work(const void *p) {
    const struct mandelbrot *m = p;
    return iterations_of(m, 0, m->n);
}

static void notes(const void *p, char *text, size_t cap) {
    const struct problem *problem = p;
    const struct mandelbrot *m = &problem->m;
    if (!m->count || problem->blocks < 2 || m->n == 0)
        return;
    double busiest = 0, all = iterations_of(m, 0, m->n);
    for (int b = 0; b < problem->blocks; b++) {
        struct range rows = block_range(m->n, problem->blocks, b);
        double mine = iterations_of(m, rows.lo, rows.hi);
        busiest = mine > busiest ? mine : busiest;
    }
    if (busiest > 0)
        snprintf(text, cap,
                 "the busiest of %d equal blocks of rows has %.0f %% of the iterations: "
                 "no more than %.2f times as fast as one worker",
                 problem->blocks, 100 * busiest / all, all / busiest);
}

// How far between two counts a point that escaped after `steps` steps lies: 0 (it just missed an
// earlier step) to 1. The smooth count of Vepstas (1997), after some more steps, for it is exact
// for large |z| only.
static double fraction(const struct mandelbrot *m, int row, int column, uint32_t steps) {
    enum { MORE = 3 };
    double cx = m->left + column * m->step, cy = m->top - row * m->step, x = 0, y = 0;
    for (uint32_t k = 0; k < steps + MORE; k++) {
        double xx = x * x - y * y + cx;
        y = 2 * x * y + cy;
        x = xx;
    }
    double f = MORE + 1 - log2(log2(hypot(x, y)));
    return f > 0 ? (f < 1 ? f : 1) : 0;
}

// Colours by rank: a pixel is as bright as the share of escaped pixels that escaped before it, so
// every picture uses the whole ramp. What did not escape is black.
static void picture(const void *p, const void *bytes, size_t size, struct picture *picture) {
    const struct mandelbrot *m = p;
    const uint32_t inside = (uint32_t)m->iterations;
    uint32_t *count = malloc(size + 1);
    double *before = calloc((size_t)inside + 1, sizeof *before);
    if (!count || !before) {
        refuse("No memory to colour the picture; make n or iterations smaller.");
    } else if (picture_size(picture, m->n, m->n)) {
        memcpy(count, bytes, size);
        double escaped = 0;
        for (size_t i = 0; i < size / sizeof *count; i++)
            if (count[i] < inside)
                before[count[i] + 1]++, escaped++;
        for (uint32_t k = 0; k < inside; k++)
            before[k + 1] += before[k];
        const uint32_t *pixel = count;
        for (int row = 0; row < m->n; row++) {
            for (int column = 0; column < m->n; column++, pixel++) {
                if (*pixel >= inside)
                    continue;
                double lo = before[*pixel], hi = before[*pixel + 1];
                uint8_t rgb[3];
                picture_ramp((lo + fraction(m, row, column, *pixel) * (hi - lo)) / escaped, rgb);
                picture_set(picture, column, row, rgb);
            }
        }
    }
    free(before);
    free(count);
}

static void serial(void *p, MPI_Comm comm, int workers) {
    (void)comm, (void)workers;
    mandelbrot_serial(p);
}

static void omp(void *p, MPI_Comm comm, int workers) {
    (void)comm, (void)workers;
    mandelbrot_omp(p);
}

static void mpi(void *p, MPI_Comm comm, int workers) {
    (void)workers;
    mandelbrot_mpi(p, comm);
}

static void blocks(void *p, MPI_Comm comm, int workers) {
    (void)comm;
    ((struct problem *)p)->blocks = workers;
    mandelbrot_blocks(p);
}

static void gather(void *p, MPI_Comm comm, int workers) {
    ((struct problem *)p)->blocks = workers;
    mandelbrot_gather(p, comm);
}

static const struct param params[] = {
    {"n", "1200", "side of the picture, pixels"},
    {"iterations", "5000", "most steps a pixel is given"},
    {"view", "antenna", "where to look: antenna, full, seahorse or mini"},
    {0}};

static const struct version versions[] = {
    {"serial", RUN_SERIAL, serial, true}, {"omp", RUN_THREADS, omp, false},
    {"mpi", RUN_RANKS, mpi, false},       {"blocks", RUN_THREADS, blocks, true},
    {"gather", RUN_RANKS, gather, true},  {0}};

const struct lab lab = {.name = "mandelbrot",
                        .title = "A picture whose rows do not cost the same",
                        .bound = BOUND_COMPUTE,
                        .params = params,
                        .create = create,
                        .result = result,
                        .explain = explain,
                        .work = work,
                        .unit = "iterations",
                        .destroy = destroy,
                        .versions = versions,
                        .notes = notes,
                        .picture = picture};
