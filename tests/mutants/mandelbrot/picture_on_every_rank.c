// EXPECT file=mpi.c check=mpi-equal verdict=CRASH line=14 says="segmentation fault"
// Believed: every rank has the picture, as every thread has. Of ranks only rank 0 has it;
// m->count is NULL on the others.

#include "kit.h"
#include "mandelbrot.h"

void mandelbrot_mpi(struct mandelbrot *m, MPI_Comm comm) {
    int rank, size;
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &size);
    struct range mine = block_range(m->n, size, rank);
    for (int row = (int)mine.lo; row < (int)mine.hi; row++)
        mandelbrot_row(m, row, m->count + (size_t)row * m->n);
    MPI_Barrier(comm);
}
