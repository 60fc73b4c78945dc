// SPDX-License-Identifier: MIT
//
// lab.c: makes a process's block of the plate, brings the blocks together, draws the plate.

#include "lab.h"

#include "explain.h"
#include "heat.h"
#include "picture.h"
#include "plate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

// n * n and the counts made of it fit an int: students' loops need not think of overflow.
enum { MOST_POINTS = 46000, MOST_STEPS = 1000000, DOUBLES_A_LINE = 8 };

// -- create ----------------------------------------------------------------------------------------

// The first bytes of grid and next in their pages are left free, so that column 1, where the loops
// begin to write, begins a cache line; and a row is an odd number of cache lines long, so that the
// rows a point reads do not meet in one set of the cache.
static long row_stride(int cols) {
    long lines = (cols + 2 + DOUBLES_A_LINE - 1) / DOUBLES_A_LINE;
    return (lines | 1) * DOUBLES_A_LINE;
}

// A cell of this block or of the layer around it, before the first step. The value of a ghost cell
// is not a number, so that one which is used without being received shows.
static double first_value(const struct heat *h, int row, int col, bool of_next) {
    bool mine = row >= 1 && row <= h->rows && col >= 1 && col <= h->cols;
    int plate_row = h->row_lo + row - 1, plate_col = h->col_lo + col - 1;
    bool border = plate_row < 0 || plate_row >= h->n || plate_col < 0 || plate_col >= h->n;
    if (!mine && !border)
        return NAN;
    return mine && of_next ? 0 : plate_start(&h->kit->plate, plate_row, plate_col);
}

static void fill_row(struct heat *h, int row) {
    for (int col = 0; col <= h->cols + 1; col++) {
        h->grid[row * h->stride + col] = first_value(h, row, col, false);
        h->next[row * h->stride + col] = first_value(h, row, col, true);
    }
}

// First touch: the system gives a page memory when a thread first writes to it, and takes it from
// the memory next to that thread's core. So the plate is made by the threads that will step it,
// each its own rows: the same loop bounds and the same static schedule as in the versions.
static void fill(struct heat *h) {
#pragma omp parallel for schedule(static)
    for (int row = 1; row <= h->rows; row++)
        fill_row(h, row);
    fill_row(h, 0);
    fill_row(h, h->rows + 1);
}

static int neighbour(const struct heat *h, int down, int right) {
    int row = down < 0 ? h->row_lo - 1 : h->row_lo + down * h->rows;
    int col = right < 0 ? h->col_lo - 1 : h->col_lo + right * h->cols;
    if (h->rows == 0 || row < 0 || row >= h->n || col < 0 || col >= h->n)
        return MPI_PROC_NULL;
    return cut_owner(&h->kit->cut, row, col);
}

static void take_block(struct heat *h, int rank) {
    struct range rows, cols;
    cut_block(&h->kit->cut, rank, &rows, &cols);
    h->row_lo = (int)rows.lo;
    h->row_hi = (int)rows.hi;
    h->col_lo = (int)cols.lo;
    h->col_hi = (int)cols.hi;
    h->rows = h->row_hi - h->row_lo;
    h->cols = h->col_hi - h->col_lo;
    h->up = neighbour(h, -1, 0);
    h->down = neighbour(h, 1, 0);
    h->left = neighbour(h, 0, -1);
    h->right = neighbour(h, 0, 1);
    h->stride = row_stride(h->cols);
}

// Takes the memory, if every rank of comm gets its own.
static bool take_memory(struct heat *h, MPI_Comm comm) {
    size_t before = DOUBLES_A_LINE - 1, buffer = (size_t)(h->rows + 2) * (size_t)h->stride;
    h->kit->bytes = (before + 2 * buffer) * sizeof(double);
    if (!memory_fits((double)h->kit->bytes, comm))
        return false;
    h->kit->pages = memory_pages(h->kit->bytes);
    int all = h->kit->pages != NULL;
    if (comm != MPI_COMM_NULL)
        MPI_Allreduce(MPI_IN_PLACE, &all, 1, MPI_INT, MPI_MIN, comm);
    if (!all)
        return false; // the rank without memory has said so
    h->grid = (double *)h->kit->pages + before;
    h->next = h->grid + buffer;
    return true;
}

static void destroy(void *problem) {
    struct heat *h = problem;
    if (h->kit->comm != MPI_COMM_NULL)
        MPI_Comm_free(&h->kit->comm);
    memory_free(h->kit->pages, h->kit->bytes);
    free(h->kit);
    free(h);
}

static void *create(const char *const *values, uint64_t seed, MPI_Comm comm) {
    long n, steps;
    if (!value_long("n", values[0], 0, MOST_POINTS, &n) ||
        !value_long("steps", values[1], 0, MOST_STEPS, &steps))
        return NULL;
    int rank = 0, ranks = 1;
    if (comm != MPI_COMM_NULL) {
        MPI_Comm_rank(comm, &rank);
        MPI_Comm_size(comm, &ranks);
    }
    struct heat *h = calloc(1, sizeof *h);
    struct heat_kit *kit = calloc(1, sizeof *kit);
    if (!h || !kit)
        abort(); // some hundred bytes: nothing could be said or done without them either
    h->n = (int)n;
    h->steps = (int)steps;
    h->kit = kit;
    kit->comm = MPI_COMM_NULL;
    kit->cut = cut_plate(h->n, ranks);
    plate_init(&kit->plate, h->n, seed);
    take_block(h, rank);
    if (!take_memory(h, comm)) {
        destroy(h);
        return NULL;
    }
    if (comm != MPI_COMM_NULL)
        MPI_Comm_dup(comm, &kit->comm);
    fill(h);
    return h;
}

// -- result ----------------------------------------------------------------------------------------

enum { BLOCK = 1 }; // tag

// Rank 0: puts a rank's block where it belongs in the plate.
static void take_in(const struct heat *h, int rank, double *plate) {
    struct range rows, cols;
    cut_block(&h->kit->cut, rank, &rows, &cols);
    if (rows.lo == rows.hi)
        return;
    double *corner = plate + rows.lo * h->n + cols.lo;
    if (rank == 0) {
        for (int row = 1; row <= h->rows; row++)
            memcpy(corner + (row - 1) * (long)h->n, heat_at(h, row, 1),
                   (size_t)h->cols * sizeof(double));
        return;
    }
    MPI_Datatype block;
    MPI_Type_vector((int)(rows.hi - rows.lo), (int)(cols.hi - cols.lo), h->n, MPI_DOUBLE, &block);
    MPI_Type_commit(&block);
    MPI_Recv(corner, 1, block, rank, BLOCK, h->kit->comm, MPI_STATUS_IGNORE);
    MPI_Type_free(&block);
}

static void give_away(const struct heat *h) {
    if (h->rows == 0)
        return;
    MPI_Datatype block;
    MPI_Type_vector(h->rows, h->cols, (int)h->stride, MPI_DOUBLE, &block);
    MPI_Type_commit(&block);
    MPI_Send(heat_at(h, 1, 1), 1, block, 0, BLOCK, h->kit->comm);
    MPI_Type_free(&block);
}

static size_t result(const void *problem, void *buf, size_t cap) {
    const struct heat *h = problem;
    size_t size = (size_t)h->n * (size_t)h->n * sizeof(double);
    if (size > cap || size == 0)
        return size;
    int rank = 0;
    if (h->kit->comm != MPI_COMM_NULL)
        MPI_Comm_rank(h->kit->comm, &rank);
    if (rank == 0)
        for (int from = 0; from < h->kit->cut.down * h->kit->cut.across; from++)
            take_in(h, from, buf);
    else
        give_away(h);
    return size;
}

// -- the rest --------------------------------------------------------------------------------------

static double work(const void *problem) {
    const struct heat *h = problem;
    return (double)h->n * h->n * h->steps;
}

// Dark is cold, yellow is hot. A plate of more points than fit is sampled.
static void picture(const void *problem, const void *result, size_t size, struct picture *picture) {
    const struct heat *h = problem;
    const double *plate = result;
    const int most = 1024, side = h->n < most ? h->n : most;
    if (size != (size_t)h->n * (size_t)h->n * sizeof(double) || !picture_size(picture, side, side))
        return;
    for (int y = 0; y < side; y++)
        for (int x = 0; x < side; x++) {
            long row = (long)y * h->n / side, col = (long)x * h->n / side;
            uint8_t rgb[3];
            picture_ramp((plate[row * h->n + col] - COLDEST) / (HOTTEST - COLDEST), rgb);
            picture_set(picture, x, y, rgb);
        }
}

static void serial(void *problem, MPI_Comm comm, int workers) {
    (void)comm, (void)workers;
    heat_serial(problem);
}

static void omp(void *problem, MPI_Comm comm, int workers) {
    (void)comm, (void)workers;
    heat_omp(problem);
}

static void mpi(void *problem, MPI_Comm comm, int workers) {
    (void)workers;
    heat_mpi(problem, comm);
}

static void hybrid(void *problem, MPI_Comm comm, int workers) {
    (void)workers;
    heat_hybrid(problem, comm);
}

static const struct param params[] = {
    {"n", "2048", "points a side of the plate"}, {"steps", "100", "time steps"}, {0}};

static const struct version versions[] = {{"serial", RUN_SERIAL, serial, true},
                                          {"omp", RUN_THREADS, omp, false},
                                          {"mpi", RUN_RANKS, mpi, false},
                                          {"hybrid", RUN_HYBRID, hybrid, false},
                                          {0}};

const struct lab lab = {
    .name = "heat",
    .title = "Heat flow in a plate",
    .bound = BOUND_MEMORY,
    .params = params,
    .create = create,
    .result = result,
    .explain = heat_explain,
    .work = work,
    .unit = "cell updates",
    .destroy = destroy,
    .versions = versions,
    .bytes_per_unit = 24, // the old value read, the new one's line read before it is written, and
                          // written back; the neighbours are still in a cache
    .picture = picture,
};
