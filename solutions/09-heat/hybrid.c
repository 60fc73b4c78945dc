// SPDX-License-Identifier: MIT
//
// Lab 09 heat, ranks of threads: mpi.c and two pragmas. The MPI calls stand outside the parallel
// loops, where only the main thread runs: that is all that MPI_THREAD_FUNNELED asks for. The rows
// of the inside are many, so its threads are kept busy while the messages travel.

#include "heat.h"

enum { HALO = 1 }; // the tag; two ranks are neighbours on one side only, so one tag is enough

void heat_hybrid(struct heat *h, MPI_Comm comm) {
    // decompose: ranks have blocks (heat.h), threads have runs of rows. An empty block is done.
    const int rows = h->rows, cols = h->cols;
    if (rows == 0)
        return;
    MPI_Datatype column; // rows doubles, one from each row
    MPI_Type_vector(rows, 1, (int)h->stride, MPI_DOUBLE, &column);
    MPI_Type_commit(&column);

    // The cells that need no ghost cell: all but the rows and columns that face a neighbour.
    const int first_row = h->up == MPI_PROC_NULL ? 1 : 2;
    const int last_row = h->down == MPI_PROC_NULL ? rows : rows - 1;
    const int first_col = h->left == MPI_PROC_NULL ? 1 : 2;
    const int last_col = h->right == MPI_PROC_NULL ? cols : cols - 1;

    for (int step = 0; step < h->steps; step++) {
        // combine, first half: ghost cells on their way in, edges on their way out.
        MPI_Request request[8];
        MPI_Irecv(heat_at(h, 0, 1), cols, MPI_DOUBLE, h->up, HALO, comm, &request[0]);
        MPI_Irecv(heat_at(h, rows + 1, 1), cols, MPI_DOUBLE, h->down, HALO, comm, &request[1]);
        MPI_Irecv(heat_at(h, 1, 0), 1, column, h->left, HALO, comm, &request[2]);
        MPI_Irecv(heat_at(h, 1, cols + 1), 1, column, h->right, HALO, comm, &request[3]);
        MPI_Isend(heat_at(h, 1, 1), cols, MPI_DOUBLE, h->up, HALO, comm, &request[4]);
        MPI_Isend(heat_at(h, rows, 1), cols, MPI_DOUBLE, h->down, HALO, comm, &request[5]);
        MPI_Isend(heat_at(h, 1, 1), 1, column, h->left, HALO, comm, &request[6]);
        MPI_Isend(heat_at(h, 1, cols), 1, column, h->right, HALO, comm, &request[7]);

        // compute: the inside reads no ghost cell and writes to next, which nothing is sent from.
#pragma omp parallel for schedule(static)
        for (int row = first_row; row <= last_row; row++)
            heat_row(h, row, first_col, last_col + 1);

        // combine, second half; then compute the edges. A corner may be computed twice: no harm,
        // as the threads of this loop own whole rows.
        MPI_Waitall(8, request, MPI_STATUSES_IGNORE);
        if (first_row > 1)
            heat_row(h, 1, 1, cols + 1);
        if (last_row < rows)
            heat_row(h, rows, 1, cols + 1);
        if (first_col > 1 || last_col < cols) {
#pragma omp parallel for schedule(static)
            for (int row = 1; row <= rows; row++) {
                heat_row(h, row, 1, first_col);
                heat_row(h, row, last_col + 1, cols + 1);
            }
        }
        heat_swap(h);
    }
    MPI_Type_free(&column);
}
