// EXPECT file=mpi.c check=mpi-equal verdict=CRASH line=18 says="MPI_Reduce failed on rank 0"
// Believed: the array to send from and the array to receive into may be the same. On rank 0 they
// are; MPI wants to hear of it: MPI_IN_PLACE.

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
    MPI_Reduce(f->objects, f->objects, (int)f->count * WORDS, MPI_UINT64_T, MPI_BOR, 0, comm);
}
