// EXPECT file=mpi.c check=mpi-long verdict=DEADLOCK says="waits in MPI_Send(dest="
// Believed: MPI_Send returns when the message is on its way, so all may send first. It does for
// short messages; a long one waits until it is received, and nobody receives.

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
        MPI_Send(heat_at(h, 1, 1), cols, MPI_DOUBLE, h->up, HALO, comm);
        MPI_Send(heat_at(h, rows, 1), cols, MPI_DOUBLE, h->down, HALO, comm);
        MPI_Send(heat_at(h, 1, 1), 1, column, h->left, HALO, comm);
        MPI_Send(heat_at(h, 1, cols), 1, column, h->right, HALO, comm);
        MPI_Recv(heat_at(h, 0, 1), cols, MPI_DOUBLE, h->up, HALO, comm, MPI_STATUS_IGNORE);
        MPI_Recv(heat_at(h, rows + 1, 1), cols, MPI_DOUBLE, h->down, HALO, comm, MPI_STATUS_IGNORE);
        MPI_Recv(heat_at(h, 1, 0), 1, column, h->left, HALO, comm, MPI_STATUS_IGNORE);
        MPI_Recv(heat_at(h, 1, cols + 1), 1, column, h->right, HALO, comm, MPI_STATUS_IGNORE);
        for (int row = 1; row <= rows; row++)
            heat_row(h, row, 1, cols + 1);
        heat_swap(h);
    }
    MPI_Type_free(&column);
}
