// EXPECT file=mpi.c check=mpi-equal verdict=WRONG says="the share of rank 1"
// Believed: what a rank downloads is in the same array for all. Every rank has an array of its own,
// and nobody brings the entries to rank 0.

#include "fetch.h"

void fetch_mpi(struct fetch *f, MPI_Comm comm) {
    int rank, size;
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &size);
    struct link *link = fetch_open(f);
    for (long i = rank; i < f->count; i += size)
        while (fetch_get(link, i) == FETCH_RETRY)
            continue;
    fetch_close(link);
    MPI_Barrier(comm);
}
