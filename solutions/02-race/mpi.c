// SPDX-License-Identifier: MIT
//
// mpi.c: the ranks of comm drop the balls. No two ranks have a bin in common, so there is nothing
// to protect. The work of adding up remains, and it is a message now.

#include "race.h"

void race_mpi(struct race *r, MPI_Comm comm) {
    int rank, size;
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &size);

    // decompose: a block of balls for each rank; the lengths differ by one at most
    const struct range mine = block_range(r->balls, size, rank);

    // compute: into this rank's own bins
    for (long ball = mine.lo; ball < mine.hi; ball++)
        r->bin[race_fall(r, ball)] += r->weight;

    // combine: rank 0 has its own share where the sum will be. The places to send from and to
    // receive into may not be the same, so it says that it is so
    if (rank == 0)
        MPI_Reduce(MPI_IN_PLACE, r->bin, r->bins, MPI_LONG, MPI_SUM, 0, comm);
    else
        MPI_Reduce(r->bin, NULL, r->bins, MPI_LONG, MPI_SUM, 0, comm);
    // check: on rank 0 the call returns when all ranks' bins are in the sum
}
