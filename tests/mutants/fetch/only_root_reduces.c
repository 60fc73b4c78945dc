// EXPECT file=mpi.c check=mpi-equal verdict=DEADLOCK says="MPI_Reduce"
// Believed: rank 0 needs the result, so rank 0 calls MPI_Reduce. Every rank of comm has to.

#include "fetch.h"

enum { WORDS = sizeof(struct object) / sizeof(uint64_t) };

void fetch_mpi(struct fetch *f, MPI_Comm comm) {
    int rank, size;
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &size);
    struct link *link = fetch_open(f);
    for (long i = rank; i < f->count; i += size)
        while (fetch_get(link, i) == FETCH_RETRY)
            continue;
    fetch_close(link);
    if (rank == 0)
        MPI_Reduce(MPI_IN_PLACE, f->objects, (int)f->count * WORDS, MPI_UINT64_T, MPI_BOR, 0, comm);
}
