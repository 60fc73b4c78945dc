// EXPECT file=mpi.c check=mpi-equal verdict=WRONG says="what brings all of them to rank 0?"
// Believed: an array is one thing, so its number is 1. Only bin 0 is reduced.

#include "race.h"

void race_mpi(struct race *r, MPI_Comm comm) {
    int rank, size;
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &size);
    for (long ball = rank; ball < r->balls; ball += size)
        r->bin[race_fall(r, ball)] += r->weight;
    if (rank == 0)
        MPI_Reduce(MPI_IN_PLACE, r->bin, 1, MPI_LONG, MPI_SUM, 0, comm);
    else
        MPI_Reduce(r->bin, NULL, 1, MPI_LONG, MPI_SUM, 0, comm);
}
