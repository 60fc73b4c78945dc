// EXPECT file=mpi.c check=mpi-equal verdict=WRONG says="ever written"
// Believed: when the last row is dealt out the picture is done. The rows that are still out are
// never received.

#include "mandelbrot.h"

#include <stdlib.h>

enum { STOP = -1 };

void mandelbrot_mpi(struct mandelbrot *m, MPI_Comm comm) {
    int rank, size, row;
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &size);
    if (size == 1) {
        mandelbrot_serial(m);
        return;
    }
    if (rank == 0) {
        int next = 0, stop = STOP;
        for (int worker = 1; worker < size && next < m->n; worker++, next++)
            MPI_Send(&next, 1, MPI_INT, worker, 0, comm);
        while (next < m->n) {
            MPI_Status status;
            MPI_Probe(MPI_ANY_SOURCE, MPI_ANY_TAG, comm, &status);
            MPI_Recv(m->count + (size_t)status.MPI_TAG * m->n, m->n, MPI_UINT32_T,
                     status.MPI_SOURCE, status.MPI_TAG, comm, MPI_STATUS_IGNORE);
            MPI_Send(&next, 1, MPI_INT, status.MPI_SOURCE, 0, comm);
            next++;
        }
        for (int worker = 1; worker < size; worker++)
            MPI_Send(&stop, 1, MPI_INT, worker, 0, comm);
        return;
    }
    uint32_t *count = malloc(m->n * sizeof *count + 1);
    MPI_Recv(&row, 1, MPI_INT, 0, 0, comm, MPI_STATUS_IGNORE);
    while (row != STOP) {
        mandelbrot_row(m, row, count);
        MPI_Send(count, m->n, MPI_UINT32_T, 0, row, comm);
        MPI_Recv(&row, 1, MPI_INT, 0, 0, comm, MPI_STATUS_IGNORE);
    }
    free(count);
}
