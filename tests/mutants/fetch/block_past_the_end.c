// EXPECT file=mpi.c check=mpi-equal verdict=WRONG says="fetch_get() was asked for object"
// Believed: blocks of count / size objects, rounded up, end where the objects end. The last ones
// run past it.

#include "fetch.h"

enum { WORDS = sizeof(struct object) / sizeof(uint64_t) };

void fetch_mpi(struct fetch *f, MPI_Comm comm) {
    int rank, size;
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &size);
    long block = (f->count + size - 1) / size;
    struct link *link = fetch_open(f);
    for (long i = rank * block; i < (rank + 1) * block; i++)
        while (fetch_get(link, i) == FETCH_RETRY)
            continue;
    fetch_close(link);
    MPI_Reduce(rank == 0 ? MPI_IN_PLACE : f->objects, f->objects, (int)f->count * WORDS,
               MPI_UINT64_T, MPI_BOR, 0, comm);
}
