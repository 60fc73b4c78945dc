// SPDX-License-Identifier: MIT
//
// library.c: given, to compare with. What the MPI library has for it: one call brings the news to
// all ranks, one brings all sheets to all of them. The library chooses the tree; it makes no
// telephone calls, so `call` does not matter here. And every rank has room for all n numbers.

#include "exchange.h"

#include <stdlib.h>

void exchange_library(struct exchange *x, MPI_Comm comm) {
    int rank, size;
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &size);
    struct news news = x->news[rank];
    MPI_Bcast(&news, sizeof news, MPI_BYTE, 0, comm);
    x->news[rank] = news;
    int *const count = malloc((size_t)size * sizeof *count);
    int *const first = malloc((size_t)size * sizeof *first);
    uint32_t *const all = malloc((size_t)x->n * sizeof *all + 1);
    for (int r = 0; r < size; r++) {
        const struct range block = block_range(x->n, size, r);
        first[r] = (int)block.lo;
        count[r] = (int)(block.hi - block.lo);
    }
    MPI_Allgatherv(x->number, x->held, MPI_UINT32_T, all, count, first, MPI_UINT32_T, comm);
    exchange_compare(x, rank, 0, x->held, all, x->n);
    free(all);
    free(first);
    free(count);
}
