// EXPECT file=mpi.c check=mpi-equal verdict=WRONG says="compared with nothing"
// Believed: after size - 1 exchanges all have been seen. The last one has come, and nobody looks at it.

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
    uint32_t *const sheet = malloc((size_t)x->longest * sizeof *sheet + 1);
    memcpy(sheet, x->number, (size_t)x->held * sizeof *sheet);
    for (int step = 0; step < size - 1; step++) {
        const struct range block = block_range(x->n, size, (rank - step + size) % size);
        exchange_compare(x, rank, 0, x->held, sheet, (int)(block.hi - block.lo));
        MPI_Sendrecv_replace(sheet, x->longest, MPI_UINT32_T, right, 2, left, 2, comm,
                             MPI_STATUS_IGNORE);
    }
    free(sheet);
}
