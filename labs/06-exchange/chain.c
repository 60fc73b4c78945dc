// SPDX-License-Identifier: MIT
//
// chain.c: given, to compare with. Rank 0 calls rank 1, rank 1 calls rank 2, and so on: size - 1
// calls, one after the other. The sheets go round as in many a first program: right, and nobody
// computes while they travel.

#include "exchange.h"

#include <stdlib.h>
#include <string.h>

enum { CALL = 1, SHEET = 2 };

void exchange_chain(struct exchange *x, MPI_Comm comm) {
    int rank, size;
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &size);
    if (rank > 0)
        MPI_Recv(&x->news[rank], sizeof *x->news, MPI_BYTE, rank - 1, CALL, comm,
                 MPI_STATUS_IGNORE);
    if (rank + 1 < size) {
        exchange_call(x, rank, rank + 1);
        MPI_Send(&x->news[rank + 1], sizeof *x->news, MPI_BYTE, rank + 1, CALL, comm);
    }
    const int left = (rank + size - 1) % size, right = (rank + 1) % size;
    uint32_t *const sheet = malloc((size_t)x->longest * sizeof *sheet + 1);
    memcpy(sheet, x->number, (size_t)x->held * sizeof *sheet);
    for (int step = 0; step < size; step++) {
        const struct range block = block_range(x->n, size, (rank - step + size) % size);
        exchange_compare(x, rank, 0, x->held, sheet, (int)(block.hi - block.lo));
        MPI_Sendrecv_replace(sheet, x->longest, MPI_UINT32_T, right, SHEET, left, SHEET, comm,
                             MPI_STATUS_IGNORE);
    }
    free(sheet);
}
