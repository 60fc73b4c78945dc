// EXPECT file=mpi.c check=mpi-tree verdict=SLOW says="calls one after the other"
// Believed: who has the news tells everybody. While rank 0 makes one call after the other, those who
// know it already could help.

#include "exchange.h"

#include <stdlib.h>
#include <string.h>

void exchange_mpi(struct exchange *x, MPI_Comm comm) {
    int rank, size;
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &size);
    for (int to = 1; rank == 0 && to < size; to++) {
        exchange_call(x, rank, to);
        MPI_Send(&x->news[to], sizeof *x->news, MPI_BYTE, to, 1, comm);
    }
    if (rank > 0)
        MPI_Recv(&x->news[rank], sizeof *x->news, MPI_BYTE, 0, 1, comm, MPI_STATUS_IGNORE);
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
