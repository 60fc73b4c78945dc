// SPDX-License-Identifier: MIT
//
// Goal     Rank 0 manages, the others work: it deals out rows one by one, takes in the results,
//          and deals again. No worker is idle while there are rows left; nor is rank 0.
// Run      make run LAB=mandelbrot VERSION=mpi WORKERS=2
// Predict  answers.txt, q4 and q5: what does a manager that only manages cost, with 2 ranks?
// Do       1  Decompose: the manager sends every worker the number of a first row. With more
//             workers than rows, or no rows at all, some get the word to stop instead. With 1 rank
//             there is no worker, and the manager computes all rows itself.
//          2  Compute: a worker receives a number, computes that row into memory of its own (its
//             m->count is NULL), sends the row back, and waits for the next number. The word to
//             stop ends it. Each worker must get it exactly once.
//          3  Combine: the manager receives from whoever is ready (MPI_ANY_SOURCE), and stores the
//             row where it belongs. Rows come in any order: which row is it? A message has a tag;
//             n is at most 32767, which every MPI allows as a tag.
//          4  Check: right? Then look at the time with 2 ranks, and let the manager work too:
//             while no message waits (MPI_Iprobe) it computes a piece of a row of its own, with
//             mandelbrot_piece(), and looks again. Small pieces: meanwhile a worker may wait.
// Check    make run LAB=mandelbrot VERSION=mpi WORKERS=2 ARGS=--check
//          and with WORKERS=1, WORKERS=4, ARGS="--check n=0", ARGS="--check n=3".
//
// Given: mandelbrot_row(), mandelbrot_piece() (mandelbrot.h). gather.c shows ranks with equal
// blocks. Write two more functions if you like, one for each role. Use comm alone: it may have
// fewer ranks than MPI_COMM_WORLD.

#include "kit.h"
#include "mandelbrot.h"

void mandelbrot_mpi(struct mandelbrot *m, MPI_Comm comm) {
    (void)m, (void)comm; // goes when your code comes
    todo(__func__, __FILE__);
}
