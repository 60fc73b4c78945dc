// EXPECT file=mpi.c check=mpi-equal verdict=DEADLOCK says="waits in MPI_Recv(source=0, tag=0"
// Believed: when the manager returns, the program is over. The workers wait for the next row for
// ever: nobody tells them to stop.

#include "mandelbrot.h"

#include <stdlib.h>

void mandelbrot_mpi(struct mandelbrot *m, MPI_Comm comm) {
    int rank, size, row = 0;
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &size);
    if (size == 1) {
        mandelbrot_serial(m);
        return;
    }
    if (rank != 0) {
        uint32_t *count = malloc(m->n * sizeof *count + 1);
        for (;;) {
            MPI_Recv(&row, 1, MPI_INT, 0, 0, comm, MPI_STATUS_IGNORE);
            mandelbrot_row(m, row, count);
            MPI_Send(count, m->n, MPI_UINT32_T, 0, row, comm);
        }
    }
    for (int worker = 1; worker < size && row < m->n; worker++, row++)
        MPI_Send(&row, 1, MPI_INT, worker, 0, comm);
    for (int done = 0; done < m->n; done++) {
        MPI_Status status;
        MPI_Probe(MPI_ANY_SOURCE, MPI_ANY_TAG, comm, &status);
        MPI_Recv(m->count + (size_t)status.MPI_TAG * m->n, m->n, MPI_UINT32_T, status.MPI_SOURCE,
                 status.MPI_TAG, comm, MPI_STATUS_IGNORE);
        if (row < m->n) {
            MPI_Send(&row, 1, MPI_INT, status.MPI_SOURCE, 0, comm);
            row++;
        }
    }
}
