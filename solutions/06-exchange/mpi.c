// SPDX-License-Identifier: MIT
//
// mpi.c: ranks. The news goes by a tree of messages: who has received it sends it on. Then the
// sheets go round the ring, and each rank compares the one in its hand while the next one travels.

#include "exchange.h"

#include <stdlib.h>
#include <string.h>

enum { CALL = 1, SHEET = 2 };

// The ranks below `known` know. In each round every one of them calls one that does not, so that
// the last one knows after log2(size) rounds. A message is also the order of things: who waits for
// it cannot call too early.
static void spread(struct exchange *x, int rank, int size, MPI_Comm comm) {
    for (int known = 1; known < size; known *= 2) {
        const int caller = rank - known, called = rank + known;
        if (rank < known && called < size) {
            exchange_call(x, rank, called);
            MPI_Send(&x->news[called], sizeof *x->news, MPI_BYTE, called, CALL, comm);
        } else if (caller >= 0 && caller < known) {
            MPI_Recv(&x->news[rank], sizeof *x->news, MPI_BYTE, caller, CALL, comm,
                     MPI_STATUS_IGNORE);
        }
    }
}

void exchange_mpi(struct exchange *x, MPI_Comm comm) {
    int rank, size;
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &size);
    spread(x, rank, size, comm);

    const int left = (rank + size - 1) % size, right = (rank + 1) % size;
    const size_t bytes = (size_t)x->longest * sizeof(uint32_t);
    uint32_t *here = malloc(bytes + 1), *coming = malloc(bytes + 1);
    memcpy(here, x->number, (size_t)x->held * sizeof *here);

    for (int step = 0; step < size; step++) {
        // Whose sheet is this? With each step it comes from one rank further to the left.
        const struct range block = block_range(x->n, size, (rank - step + size) % size);
        const int length = (int)(block.hi - block.lo);
        const bool last = step == size - 1;
        MPI_Request request[2] = {MPI_REQUEST_NULL, MPI_REQUEST_NULL};

        // Begin to pass it on, and to receive the next one; nobody waits yet.
        if (!last) {
            MPI_Irecv(coming, x->longest, MPI_UINT32_T, left, SHEET, comm, &request[0]);
            MPI_Isend(here, length, MPI_UINT32_T, right, SHEET, comm, &request[1]);
        }
        // A sheet that is being sent may be read. It may not be written.
        exchange_compare(x, rank, 0, x->held, here, length);

        // Now both must be done: one buffer becomes the other's room.
        MPI_Waitall(2, request, MPI_STATUSES_IGNORE);
        uint32_t *const passed = here;
        here = coming;
        coming = passed;
    }
    // combine: every rank has the counts of its own numbers, which is what is asked for
    free(here);
    free(coming);
}
