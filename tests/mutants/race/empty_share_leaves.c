// EXPECT file=mpi.c check=mpi-equal verdict=DEADLOCK says="waits in MPI_Recv(source=1"
// Believed: a rank without balls has nothing to say. Rank 0 waits for its bins.

#include "race.h"

void race_mpi(struct race *r, MPI_Comm comm) {
    int rank, size;
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &size);
    for (long ball = rank; ball < r->balls; ball += size)
        r->bin[race_fall(r, ball)] += r->weight;
    if (rank >= r->balls)
        return;
    if (rank > 0)
        MPI_Send(r->bin, r->bins, MPI_LONG, 0, 0, comm);
    for (int from = 1; rank == 0 && from < size; from++) {
        long theirs[61];
        MPI_Recv(theirs, r->bins, MPI_LONG, from, 0, comm, MPI_STATUS_IGNORE);
        for (int b = 0; b < r->bins; b++)
            r->bin[b] += theirs[b];
    }
}
