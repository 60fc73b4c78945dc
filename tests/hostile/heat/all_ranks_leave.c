// EXPECT file=mpi.c check=mpi-equal verdict=CRASH says="r"
// Attack: every rank leaves with status 0.

#include "heat.h"

#include <unistd.h>

void heat_mpi(struct heat *h, MPI_Comm comm) {
    (void)h;
    (void)comm;
    _exit(0);
}
