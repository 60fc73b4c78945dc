// EXPECT file=mpi.c check=mpi-long verdict=DEADLOCK says="waits in MPI_Send(dest="
// Believed: MPI_Send returns when the message is on its way, so all may send first. A long one waits
// until somebody receives it, and all are sending.

#include "exchange.h"

#include <stdlib.h>
#include <string.h>

void exchange_mpi(struct exchange *x, MPI_Comm comm) {
    int rank, size;
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &size);
    for (int known = 1; known < size; known *= 2) {
        const int caller = rank - known, called = rank + known;
        if (rank < known && called < size) {
            exchange_call(x, rank, called);
            MPI_Send(&x->news[called], sizeof *x->news, MPI_BYTE, called, 1, comm);
        } else if (caller >= 0 && caller < known) {
            MPI_Recv(&x->news[rank], sizeof *x->news, MPI_BYTE, caller, 1, comm,
                     MPI_STATUS_IGNORE);
        }
    }
    const int left = (rank + size - 1) % size, right = (rank + 1) % size;
    uint32_t *const sheet = malloc(2 * (size_t)x->longest * sizeof *sheet + 1);
    memcpy(sheet, x->number, (size_t)x->held * sizeof *sheet);
    for (int step = 0; step < size; step++) {
        const struct range block = block_range(x->n, size, (rank - step + size) % size);
        exchange_compare(x, rank, 0, x->held, sheet, (int)(block.hi - block.lo));
        uint32_t *const coming = sheet + x->longest;
        MPI_Send(sheet, x->longest, MPI_UINT32_T, right, 2, comm);
        MPI_Recv(coming, x->longest, MPI_UINT32_T, left, 2, comm, MPI_STATUS_IGNORE);
        memcpy(sheet, coming, (size_t)x->longest * sizeof *sheet);
    }
    free(sheet);
}
