// EXPECT file=mpi.c check=mpi-parallel verdict=SERIAL says="the work of the serial version"
// Believed: under MPI a loop is shared out by itself. Every rank computes the whole picture, and
// what ranks other than 0 have computed is thrown away.

#include "mandelbrot.h"

#include <stdlib.h>

void mandelbrot_mpi(struct mandelbrot *m, MPI_Comm comm) {
    int rank;
    MPI_Comm_rank(comm, &rank);
    uint32_t *mine = m->count;
    if (rank != 0)
        mine = malloc((size_t)m->n * m->n * sizeof *mine + 1);
    for (int row = 0; row < m->n; row++)
        mandelbrot_row(m, row, mine + (size_t)row * m->n);
    if (rank != 0)
        free(mine);
}
