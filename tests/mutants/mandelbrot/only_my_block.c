// EXPECT file=mpi.c check=mpi-equal verdict=WRONG says="the block of rank 1"
// Believed: rank 0 sees what the others have computed. Each has its rows in memory of its own, and
// nobody sends them.

#include "kit.h"
#include "mandelbrot.h"

#include <stdlib.h>

void mandelbrot_mpi(struct mandelbrot *m, MPI_Comm comm) {
    int rank, size;
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &size);
    struct range mine = block_range(m->n, size, rank);
    uint32_t *count = m->count;
    if (rank != 0)
        count = malloc((size_t)m->n * m->n * sizeof *count + 1);
    for (int row = (int)mine.lo; row < (int)mine.hi; row++)
        mandelbrot_row(m, row, count + (size_t)row * m->n);
    MPI_Barrier(comm); // now all rows are done
    if (rank != 0)
        free(count);
}
