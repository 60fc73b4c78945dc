// EXPECT file=mpi.c check=mpi-equal verdict=MISUSE says="nobody ever receives it"
// Believed: the edges must also go out after the last step, so that all know the newest values.
// Nobody receives them. They are short, so nobody notices.

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
        MPI_Request request[8];
        MPI_Irecv(heat_at(h, 0, 1), cols, MPI_DOUBLE, h->up, HALO, comm, &request[0]);
        MPI_Irecv(heat_at(h, rows + 1, 1), cols, MPI_DOUBLE, h->down, HALO, comm, &request[1]);
        MPI_Irecv(heat_at(h, 1, 0), 1, column, h->left, HALO, comm, &request[2]);
        MPI_Irecv(heat_at(h, 1, cols + 1), 1, column, h->right, HALO, comm, &request[3]);
        MPI_Isend(heat_at(h, 1, 1), cols, MPI_DOUBLE, h->up, HALO, comm, &request[4]);
        MPI_Isend(heat_at(h, rows, 1), cols, MPI_DOUBLE, h->down, HALO, comm, &request[5]);
        MPI_Isend(heat_at(h, 1, 1), 1, column, h->left, HALO, comm, &request[6]);
        MPI_Isend(heat_at(h, 1, cols), 1, column, h->right, HALO, comm, &request[7]);
        MPI_Waitall(8, request, MPI_STATUSES_IGNORE);
        for (int row = 1; row <= rows; row++)
            heat_row(h, row, 1, cols + 1);
        heat_swap(h);
    }
    MPI_Type_free(&column);
    MPI_Send(heat_at(h, 1, 1), cols, MPI_DOUBLE, h->up, HALO, comm);
}
