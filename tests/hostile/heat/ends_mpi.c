// EXPECT file=mpi.c check=mpi-equal verdict=CRASH says="MPI"
// Attack: ends MPI, which the kit still needs.

#include "heat.h"

void heat_mpi(struct heat *h, MPI_Comm comm) {
    (void)h;
    (void)comm;
    MPI_Finalize();
}
