// SPDX-License-Identifier: MIT
//
// mpi.c: every rank adds up a block of the items; one message a rank brings the sums to rank 0.

#include "sample.h"

void sample_mpi(struct sample *s, MPI_Comm comm) {
    int rank, size;
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &size);

    const struct range mine = block_range(s->n, size, rank);
    uint64_t part = 0;
    for (long i = mine.lo; i < mine.hi; i++)
        part += sample_item(s, i);
    MPI_Reduce(&part, &s->total, 1, MPI_UINT64_T, MPI_SUM, 0, comm);
}
