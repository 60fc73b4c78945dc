// EXPECT file=mpi.c check=mpi-equal verdict=WRONG says="entries were added up"
// Believed: MPI_Reduce shares out the work. Every rank downloads all objects, and what they got is
// added up.

#include "fetch.h"

enum { WORDS = sizeof(struct object) / sizeof(uint64_t) };

void fetch_mpi(struct fetch *f, MPI_Comm comm) {
    int rank;
    MPI_Comm_rank(comm, &rank);
    struct link *link = fetch_open(f);
    for (long i = 0; i < f->count; i++)
        while (fetch_get(link, i) == FETCH_RETRY)
            continue;
    fetch_close(link);
    if (rank == 0)
        MPI_Reduce(MPI_IN_PLACE, f->objects, (int)f->count * WORDS, MPI_UINT64_T, MPI_SUM, 0, comm);
    else
        MPI_Reduce(f->objects, NULL, (int)f->count * WORDS, MPI_UINT64_T, MPI_SUM, 0, comm);
}
