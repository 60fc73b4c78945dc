// EXPECT file=mpi.c check=mpi-equal verdict=WRONG says="Every rank has bins of its own"
// Believed: what the others add to r->bin rank 0 sees, as threads do.

#include "race.h"

void race_mpi(struct race *r, MPI_Comm comm) {
    int rank, size;
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &size);
    const struct range mine = block_range(r->balls, size, rank);
    for (long ball = mine.lo; ball < mine.hi; ball++)
        r->bin[race_fall(r, ball)] += r->weight;
}
