// SPDX-License-Identifier: MIT
//
// heat.h: the contract of lab 09, heat flow in a plate.
//
// A plate of n x n points lies inside a border whose temperature is fixed. In one time step every
// point moves towards the mean of its four neighbours, all points at once: the new temperature
// depends on old ones only. So there are two buffers: read `grid`, write `next`, swap, repeat.
//
// A process holds one block of the plate, with a layer of cells around it, one deep:
//
//         column   0   1  ...  cols   cols + 1
//     row 0            o  ...   o                     x: a cell of the block, to be computed
//     row 1        o   x  ...   x        o            o: where the plate ends, its border: fixed;
//       ...        o   x  ...   x        o               where another block begins, a ghost cell:
//     row rows     o   x  ...   x        o               a copy of the neighbour's edge, which is
//     row rows + 1     o  ...   o                        not a number until you fill it
//
// serial, omp: one process, whose block is the whole plate; there are no ghost cells.
// mpi, hybrid: each rank has a block. One below the other for 2, 3, 5, 7 ranks (only rows are
// exchanged), 2 x 2 for 4, 3 x 2 for 6, 4 x 2 for 8. With more ranks than rows or columns some
// blocks are empty.

#ifndef HEAT_H
#define HEAT_H

#include "kit.h"

struct heat {
    int n;     // points a side of the plate
    int steps; // time steps to take

    // This process's block: the plate's rows row_lo <= row < row_hi, and columns likewise.
    int row_lo, row_hi, col_lo, col_hi;
    int rows, cols;            // row_hi - row_lo, col_hi - col_lo; an empty block has both 0
    int up, down, left, right; // ranks of the neighbours; MPI_PROC_NULL where there is none

    // Temperatures in degrees Celsius; row `row`, column `col` is at [row * stride + col], in both.
    long stride;  // doubles from one row to the next, at least cols + 2
    double *grid; // the plate now, with its border
    double *next; // room for the plate one step later, with the same border

    // The kit's own, for making the input and comparing results.
    struct heat_kit *kit;
};

// Each of these takes h->steps steps. At the end h->grid holds every process's own block; the kit
// compares them. grid and next may be swapped, their ghost cells hold anything, the border is as
// it was. The result is that of heat_serial bit for bit, so use heat_row or heat_cell.
// comm: the ranks that share the plate; every one calls, and no other communicator is used.
void heat_serial(struct heat *h);                // given, serial.c
void heat_omp(struct heat *h);                   // yours: threads, omp.c
void heat_mpi(struct heat *h, MPI_Comm comm);    // yours: ranks, mpi.c
void heat_hybrid(struct heat *h, MPI_Comm comm); // yours: ranks of threads, hybrid.c

// -- given -----------------------------------------------------------------------------------------

// The address of a cell of h->grid, to send from or receive into: 0 <= row <= rows + 1.
static inline double *heat_at(const struct heat *h, int row, int col) {
    return h->grid + row * h->stride + col;
}

// The temperature one step later of the cell at `at`: the heat equation, explicit in time, second
// order in space (Courant, Friedrichs, Lewy, 1928: stable up to a factor of 0.25). Floating-point
// sums depend on their order, which is why every version uses this one.
static inline double heat_cell(const double *at, long stride) {
    return *at + 0.2 * ((at[-stride] + at[stride]) + (at[-1] + at[1]) - 4 * *at);
}

// Computes next from grid for one row of the block, columns lo <= col < hi. Never inlined, so that all
// versions run the very same instructions: a loop this short can be a fifth slower for where it lies.
static __attribute__((noinline, unused)) void heat_row(const struct heat *h, int row, int lo,
                                                       int hi) {
    enum { LINE = 8, AHEAD = 64 }; // cells: in a cache line; from those computed to those asked for
    const long stride = h->stride;
    const double *restrict old = &h->grid[row * stride]; // restrict: the buffers are apart,
    double *restrict new = &h->next[row * stride];       // so the compiler may use vectors
    long col = lo;
    for (; col + LINE <= hi; col += LINE) {
        // The row below is read for the first time, and a line of next is fetched before it can be
        // written. Memory is slow to answer: ask now for what is needed a few lines further on.
        __builtin_prefetch(old + stride + col + AHEAD);
        __builtin_prefetch(new + col + AHEAD, 1);
#pragma omp simd
        for (int i = 0; i < LINE; i++)
            new[col + i] = heat_cell(old + col + i, stride);
    }
    for (; col < hi; col++)
        new[col] = heat_cell(old + col, stride);
}

// One step later is now.
static inline void heat_swap(struct heat *h) {
    double *old = h->grid;
    h->grid = h->next;
    h->next = old;
}

#endif
