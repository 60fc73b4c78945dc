// EXPECT file=mpi.c check=mpi-parallel verdict=SERIAL says="did the work"
// Believed: rank 0 must hold all answers, so rank 0 runs all tasks. The others have nothing to do.

#include "gil.h"

void gil_mpi(struct gil *g, MPI_Comm comm) {
    int rank;
    MPI_Comm_rank(comm, &rank);
    if (rank == 0)
        gil_serial(g);
    MPI_Barrier(comm);
}
