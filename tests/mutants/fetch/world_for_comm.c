// EXPECT file=mpi.c check=mpi-equal verdict=WRONG line=11 says="MPI_COMM_WORLD where its argument comm is meant"
// Believed: comm is MPI_COMM_WORLD anyway. It may have fewer ranks, and then some objects are left
// to ranks that were never called.

#include "fetch.h"

enum { WORDS = sizeof(struct object) / sizeof(uint64_t) };

void fetch_mpi(struct fetch *f, MPI_Comm comm) {
    int rank, size;
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    struct link *link = fetch_open(f);
    for (long i = rank; i < f->count; i += size)
        while (fetch_get(link, i) == FETCH_RETRY)
            continue;
    fetch_close(link);
    MPI_Reduce(rank == 0 ? MPI_IN_PLACE : f->objects, f->objects, (int)f->count * WORDS,
               MPI_UINT64_T, MPI_BOR, 0, comm);
}
