// EXPECT file=mpi.c check=mpi-equal verdict=WRONG says="is it sent?"
// Believed: exchange_call() tells the other rank. It writes into the memory of the caller.

#include "exchange.h"

#include <stdlib.h>
#include <string.h>

void exchange_mpi(struct exchange *x, MPI_Comm comm) {
    int rank, size;
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &size);
    for (int known = 1; known < size; known *= 2)
        if (rank < known && rank + known < size)
            exchange_call(x, rank, rank + known);
    const int left = (rank + size - 1) % size, right = (rank + 1) % size;
    uint32_t *const sheet = malloc((size_t)x->longest * sizeof *sheet + 1);
    memcpy(sheet, x->number, (size_t)x->held * sizeof *sheet);
    for (int step = 0; step < size; step++) {
        const struct range block = block_range(x->n, size, (rank - step + size) % size);
        exchange_compare(x, rank, 0, x->held, sheet, (int)(block.hi - block.lo));
        MPI_Sendrecv_replace(sheet, x->longest, MPI_UINT32_T, right, 2, left, 2, comm,
                             MPI_STATUS_IGNORE);
    }
    free(sheet);
}
