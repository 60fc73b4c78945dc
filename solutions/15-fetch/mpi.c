// SPDX-License-Identifier: MIT
//
// Ranks: far more of them than cores, each with a download under way. What they got is brought
// together at the end.

#include "fetch.h"

enum { KEEPER = 0, WORDS = sizeof(struct object) / sizeof(uint64_t) };

void fetch_mpi(struct fetch *f, MPI_Comm comm) {
    int rank, size;
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &size);

    // Decompose: objects are dealt round. Neighbours go to different ranks, and no rank has to ask
    // another which are its own.
    struct link *link = fetch_open(f);
    for (long i = rank; i < f->count; i += size) {
        // Compute: ask until it comes; the link gives up where there is no hope.
        while (fetch_get(link, i) == FETCH_RETRY)
            continue;
    }
    fetch_close(link);

    // Combine: an entry is all zero on every rank but the one that downloaded the object, so that
    // "or", bit by bit, leaves what came. The keeper's own entries are in the array already.
    const void *mine = rank == KEEPER ? MPI_IN_PLACE : f->objects;
    MPI_Reduce(mine, f->objects, (int)f->count * WORDS, MPI_UINT64_T, MPI_BOR, KEEPER, comm);
}
