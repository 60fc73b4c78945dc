// EXPECT file=mpi.c check=mpi-weight verdict=WRONG says="handed to MPI as an MPI_INT"
// Believed: whole numbers are int. The weight of a few hundred balls is more than 32 bits hold.

#include "race.h"

void race_mpi(struct race *r, MPI_Comm comm) {
    int rank, size;
    unsigned mine[61] = {0}, all[61] = {0};
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &size);
    for (long ball = rank; ball < r->balls; ball += size)
        mine[race_fall(r, ball)] += (unsigned)r->weight;
    MPI_Reduce(mine, all, r->bins, MPI_UNSIGNED, MPI_SUM, 0, comm);
    for (int b = 0; b < r->bins; b++)
        r->bin[b] = all[b];
}
