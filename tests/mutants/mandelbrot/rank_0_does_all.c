// EXPECT file=mpi.c check=mpi-parallel verdict=SERIAL says="only 1 of 4 ranks did the work"
// Believed: rank 0 has the picture, so rank 0 computes it. The others wait until it has.

#include "mandelbrot.h"

void mandelbrot_mpi(struct mandelbrot *m, MPI_Comm comm) {
    int rank;
    MPI_Comm_rank(comm, &rank);
    if (rank == 0)
        for (int row = 0; row < m->n; row++)
            mandelbrot_row(m, row, m->count + (size_t)row * m->n);
    MPI_Barrier(comm);
}
