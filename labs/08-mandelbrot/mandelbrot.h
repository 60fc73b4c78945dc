// SPDX-License-Identifier: MIT
//
// mandelbrot.h: the contract of the lab, a picture whose pixels cost between 1 step and thousands.
//
// A pixel stands for a point c of the plane. From z = 0 on, the step z = z * z + c is repeated
// until |z| > 2, from where z can only grow, or until `iterations` steps are done, which is the
// colour black. The pixel's count is the number of steps: 1 to iterations. How many it will be
// is not known before it is tried (Mandelbrot, 1980).

#ifndef MANDELBROT_H
#define MANDELBROT_H

#include <mpi.h>
#include <stddef.h>
#include <stdint.h>

struct mandelbrot {
    int n;            // side of the picture: n rows of n pixels; may be 0
    int iterations;   // most steps a pixel is given
    double left, top; // the point of column 0, row 0
    double step;      // from a pixel to its neighbour: right is +step, down is -step
    uint32_t *count;  // the picture, n * n counts, row after row: row r begins at
                      // count + (size_t)r * n. Threads share it. Of ranks, rank 0 has it; on
                      // the others it is NULL.
};

// Given (row.c). Computes row `row`, 0 <= row < n, into count[0 .. n-1]. Reads m, and writes
// nothing but count: any worker may compute any row, at any time.
void mandelbrot_row(const struct mandelbrot *m, int row, uint32_t *count);

// Given (row.c). Computes of row `row` only the columns lo <= column < hi, into
// count[0 .. hi-lo-1]. A row made of pieces is equal to the row made at once.
void mandelbrot_piece(const struct mandelbrot *m, int row, int lo, int hi, uint32_t *count);

// Given (serial.c). One worker computes all rows, from the top.
// At the end m->count holds the picture.
void mandelbrot_serial(struct mandelbrot *m);

// Yours (omp.c). The threads of one team compute the rows.
// At the end m->count holds the picture, equal to that of serial.c.
// The kit has set the number of threads.
void mandelbrot_omp(struct mandelbrot *m);

// Yours (mpi.c). The ranks of comm compute the rows; every rank of comm calls it, with the same n,
// iterations, left, top and step.
// At the end m->count on rank 0 holds the picture. No other communicator is used, and no message
// is left over.
void mandelbrot_mpi(struct mandelbrot *m, MPI_Comm comm);

// Given, to compare with: each worker gets one block of neighbouring rows, all blocks of the same
// number of rows. blocks.c does it with threads, gather.c with ranks and one MPI_Gatherv.
void mandelbrot_blocks(struct mandelbrot *m);
void mandelbrot_gather(struct mandelbrot *m, MPI_Comm comm);

#endif
