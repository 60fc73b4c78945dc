// EXPECT file=mpi.c check=mpi-equal verdict=WRONG says="no message had filled"
// Believed: once received, a ghost cell stays. It is in h->grid, which is the other buffer after
// the first swap.

#include "heat.h"

enum { HALO = 1 };

void heat_mpi(struct heat *h, MPI_Comm comm) {
    const int rows = h->rows, cols = h->cols;
    if (rows == 0)
        return;
    MPI_Datatype column;
    MPI_Type_vector(rows, 1, (int)h->stride, MPI_DOUBLE, &column);
    MPI_Type_commit(&column);

    MPI_Sendrecv(heat_at(h, 1, 1), cols, MPI_DOUBLE, h->up, HALO, heat_at(h, rows + 1, 1), cols,
                 MPI_DOUBLE, h->down, HALO, comm, MPI_STATUS_IGNORE);
    MPI_Sendrecv(heat_at(h, rows, 1), cols, MPI_DOUBLE, h->down, HALO, heat_at(h, 0, 1), cols,
                 MPI_DOUBLE, h->up, HALO, comm, MPI_STATUS_IGNORE);
    MPI_Sendrecv(heat_at(h, 1, 1), 1, column, h->left, HALO, heat_at(h, 1, cols + 1), 1, column,
                 h->right, HALO, comm, MPI_STATUS_IGNORE);
    MPI_Sendrecv(heat_at(h, 1, cols), 1, column, h->right, HALO, heat_at(h, 1, 0), 1, column,
                 h->left, HALO, comm, MPI_STATUS_IGNORE);

    for (int step = 0; step < h->steps; step++) {
        for (int row = 1; row <= rows; row++)
            heat_row(h, row, 1, cols + 1);
        heat_swap(h);
    }
    MPI_Type_free(&column);
}
