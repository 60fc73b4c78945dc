// EXPECT file=mpi.c check=mpi-equal verdict=WRONG says="belongs in row"
// Believed: MPI_Gatherv puts the rows where they belong, whichever rank computed them. The rows are
// dealt round, so one rank's rows do not follow each other in the picture.

#include "mandelbrot.h"

#include <stdlib.h>

void mandelbrot_mpi(struct mandelbrot *m, MPI_Comm comm) {
    int rank, size, mine = 0;
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &size);
    uint32_t *rows = malloc(((size_t)m->n * m->n / size + m->n + 1) * sizeof *rows);
    for (int row = rank; row < m->n; row += size)
        mandelbrot_row(m, row, rows + (size_t)mine++ * m->n);

    int *counts = malloc(size * sizeof *counts), *starts = malloc(size * sizeof *starts);
    mine *= m->n;
    MPI_Gather(&mine, 1, MPI_INT, counts, 1, MPI_INT, 0, comm);
    starts[0] = 0;
    for (int r = 1; rank == 0 && r < size; r++)
        starts[r] = starts[r - 1] + counts[r - 1];
    MPI_Gatherv(rows, mine, MPI_UINT32_T, m->count, counts, starts, MPI_UINT32_T, 0, comm);
    free(counts);
    free(starts);
    free(rows);
}
