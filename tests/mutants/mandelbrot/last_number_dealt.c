// EXPECT file=mpi.c check=mpi-equal verdict=WRONG says="Row 0 was never written"
// Believed: the manager remembers which row each worker has, so a message need not say it. But a
// worker is dealt two rows ahead, and only the number of the last one is remembered.

#include "mandelbrot.h"

#include <stdlib.h>

enum { STOP = -1 };

void mandelbrot_mpi(struct mandelbrot *m, MPI_Comm comm) {
    int rank, size, row, next = 0;
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &size);
    if (size == 1) {
        mandelbrot_serial(m);
        return;
    }
    uint32_t *line = malloc(m->n * sizeof *line + 1);
    if (rank == 0) {
        int *row_of = malloc(size * sizeof *row_of);
        for (int i = 0; i < 2; i++)
            for (int worker = 1; worker < size && next < m->n; worker++) {
                row_of[worker] = next++;
                MPI_Send(&row_of[worker], 1, MPI_INT, worker, 0, comm);
            }
        for (int done = 0; done < m->n; done++) {
            MPI_Status status;
            MPI_Recv(line, m->n, MPI_UINT32_T, MPI_ANY_SOURCE, 0, comm, &status);
            int worker = status.MPI_SOURCE;
            for (int column = 0; column < m->n; column++)
                m->count[(size_t)row_of[worker] * m->n + column] = line[column];
            if (next < m->n) {
                row_of[worker] = next++;
                MPI_Send(&row_of[worker], 1, MPI_INT, worker, 0, comm);
            }
        }
        row = STOP;
        for (int worker = 1; worker < size; worker++)
            MPI_Send(&row, 1, MPI_INT, worker, 0, comm);
        free(row_of);
    } else {
        for (;;) {
            MPI_Recv(&row, 1, MPI_INT, 0, 0, comm, MPI_STATUS_IGNORE);
            if (row == STOP)
                break;
            mandelbrot_row(m, row, line);
            MPI_Send(line, m->n, MPI_UINT32_T, 0, 0, comm);
        }
    }
    free(line);
}
