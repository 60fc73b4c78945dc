// EXPECT file=mpi.c check=mpi-equal verdict=WRONG says="ghost cells"
// Believed: rows are counted from 0, so the block's first row is row 1, its edge is row 2, and so
// on: the line behind the edge is sent.

#include "heat.h"

enum { HALO = 1 };

void heat_mpi(struct heat *h, MPI_Comm comm) {
    const int rows = h->rows, cols = h->cols;
    if (rows == 0)
        return;
    MPI_Datatype column;
    MPI_Type_vector(rows, 1, (int)h->stride, MPI_DOUBLE, &column);
    MPI_Type_commit(&column);
    for (int step = 0; step < h->steps; step++) {
        MPI_Sendrecv(heat_at(h, 2, 1), cols, MPI_DOUBLE, h->up, HALO, heat_at(h, rows + 1, 1), cols,
                     MPI_DOUBLE, h->down, HALO, comm, MPI_STATUS_IGNORE);
        MPI_Sendrecv(heat_at(h, rows - 1, 1), cols, MPI_DOUBLE, h->down, HALO, heat_at(h, 0, 1),
                     cols, MPI_DOUBLE, h->up, HALO, comm, MPI_STATUS_IGNORE);
        MPI_Sendrecv(heat_at(h, 1, 1), 1, column, h->left, HALO, heat_at(h, 1, cols + 1), 1, column,
                     h->right, HALO, comm, MPI_STATUS_IGNORE);
        MPI_Sendrecv(heat_at(h, 1, cols), 1, column, h->right, HALO, heat_at(h, 1, 0), 1, column,
                     h->left, HALO, comm, MPI_STATUS_IGNORE);
        for (int row = 1; row <= rows; row++)
            heat_row(h, row, 1, cols + 1);
        heat_swap(h);
    }
    MPI_Type_free(&column);
}
