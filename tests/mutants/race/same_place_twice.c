// EXPECT file=mpi.c check=mpi-equal verdict=CRASH line=12 says="MPI_Reduce failed on rank 0"
// Believed: the sum may arrive where the share lies. MPI wants to hear of that: MPI_IN_PLACE.

#include "race.h"

void race_mpi(struct race *r, MPI_Comm comm) {
    int rank, size;
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &size);
    for (long ball = rank; ball < r->balls; ball += size)
        r->bin[race_fall(r, ball)] += r->weight;
    MPI_Reduce(r->bin, r->bin, r->bins, MPI_LONG, MPI_SUM, 0, comm);
}
