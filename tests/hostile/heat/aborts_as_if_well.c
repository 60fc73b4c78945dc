// EXPECT file=mpi.c check=mpi-equal verdict=CRASH says="r"
// Attack: ends all ranks with status 0, before any has a result.

#include "heat.h"

void heat_mpi(struct heat *h, MPI_Comm comm) {
    (void)h;
    (void)comm;
    MPI_Abort(MPI_COMM_WORLD, 0);
}
