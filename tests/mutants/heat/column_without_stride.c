// EXPECT file=mpi.c check=mpi-blocks verdict=WRONG says="rank"
// Believed: a column is `rows` doubles that follow each other, as a row's do. They are h->stride
// apart; what is sent and overwritten is the beginning of a row.

#include "heat.h"

enum { HALO = 1 };

void heat_mpi(struct heat *h, MPI_Comm comm) {
    const int rows = h->rows, cols = h->cols;
    if (rows == 0)
        return;
    for (int step = 0; step < h->steps; step++) {
        MPI_Sendrecv(heat_at(h, 1, 1), cols, MPI_DOUBLE, h->up, HALO, heat_at(h, rows + 1, 1), cols,
                     MPI_DOUBLE, h->down, HALO, comm, MPI_STATUS_IGNORE);
        MPI_Sendrecv(heat_at(h, rows, 1), cols, MPI_DOUBLE, h->down, HALO, heat_at(h, 0, 1), cols,
                     MPI_DOUBLE, h->up, HALO, comm, MPI_STATUS_IGNORE);
        MPI_Sendrecv(heat_at(h, 1, 1), rows, MPI_DOUBLE, h->left, HALO, heat_at(h, 1, cols + 1),
                     rows, MPI_DOUBLE, h->right, HALO, comm, MPI_STATUS_IGNORE);
        MPI_Sendrecv(heat_at(h, 1, cols), rows, MPI_DOUBLE, h->right, HALO, heat_at(h, 1, 0), rows,
                     MPI_DOUBLE, h->left, HALO, comm, MPI_STATUS_IGNORE);
        for (int row = 1; row <= rows; row++)
            heat_row(h, row, 1, cols + 1);
        heat_swap(h);
    }
}
