// EXPECT file=mpi.c check=mpi-retry verdict=WRONG says="What does fetch_get() return then"
// Believed: what failed once will not fail again.

#include "fetch.h"

enum { WORDS = sizeof(struct object) / sizeof(uint64_t) };

void fetch_mpi(struct fetch *f, MPI_Comm comm) {
    int rank, size;
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &size);
    struct link *link = fetch_open(f);
    for (long i = rank; i < f->count; i += size)
        if (fetch_get(link, i) == FETCH_RETRY)
            fetch_get(link, i);
    fetch_close(link);
    MPI_Reduce(rank == 0 ? MPI_IN_PLACE : f->objects, f->objects, (int)f->count * WORDS,
               MPI_UINT64_T, MPI_BOR, 0, comm);
}
