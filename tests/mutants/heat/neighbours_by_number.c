// EXPECT file=mpi.c check=mpi-equal verdict=CRASH line=17 says="MPI_Sendrecv failed on rank"
// Believed: the neighbours are rank - 1 and rank + 1. The last rank has no neighbour below, and an
// empty block has none at all.

#include "heat.h"

enum { HALO = 1 };

void heat_mpi(struct heat *h, MPI_Comm comm) {
    const int rows = h->rows, cols = h->cols;
    int rank;
    MPI_Comm_rank(comm, &rank);
    for (int step = 0; step < h->steps; step++) {
        if (rank > 0)
            MPI_Sendrecv(heat_at(h, 1, 1), cols, MPI_DOUBLE, rank - 1, HALO, heat_at(h, 0, 1), cols,
                         MPI_DOUBLE, rank - 1, HALO, comm, MPI_STATUS_IGNORE);
        MPI_Sendrecv(heat_at(h, rows, 1), cols, MPI_DOUBLE, rank + 1, HALO, heat_at(h, rows + 1, 1),
                     cols, MPI_DOUBLE, rank + 1, HALO, comm, MPI_STATUS_IGNORE);
        for (int row = 1; row <= rows; row++)
            heat_row(h, row, 1, cols + 1);
        heat_swap(h);
    }
}
