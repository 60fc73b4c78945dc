// EXPECT file=hybrid.c check=hybrid-parallel verdict=SERIAL says="only 2 of 4 threads did the work"
// Believed: the ranks compute, and the threads come by themselves. No pragma is left, so in every
// rank one thread works.

#include "heat.h"

void heat_hybrid(struct heat *h, MPI_Comm comm) {
    heat_mpi(h, comm);
}
