// EXPECT file=mpi.c check=mpi-parallel verdict=SLOW says="the busiest of 4 ranks"
// Believed: equal numbers of rows are equal work. It is the shortest program, and most of its ranks
// wait for the one that has the expensive rows.

#include "kit.h"
#include "mandelbrot.h"

#include <stdlib.h>

void mandelbrot_mpi(struct mandelbrot *m, MPI_Comm comm) {
    int rank, size;
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &size);
    struct range rows = block_range(m->n, size, rank);
    size_t mine = (size_t)(rows.hi - rows.lo) * m->n;
    uint32_t *block = malloc(mine * sizeof *block + 1);
    for (int row = (int)rows.lo; row < rows.hi; row++)
        mandelbrot_row(m, row, block + (size_t)(row - rows.lo) * m->n);
    int *count = malloc(size * sizeof *count), *at = malloc(size * sizeof *at);
    for (int r = 0; r < size; r++) {
        struct range theirs = block_range(m->n, size, r);
        count[r] = (int)(theirs.hi - theirs.lo) * m->n;
        at[r] = (int)theirs.lo * m->n;
    }
    MPI_Gatherv(block, (int)mine, MPI_UINT32_T, m->count, count, at, MPI_UINT32_T, 0, comm);
    free(block);
    free(count);
    free(at);
}
