// EXPECT file=mpi.c check=mpi-parallel verdict=SERIAL says="only 1 of 4 ranks did the work"
// Believed: the result belongs to rank 0, so rank 0 counts. Nothing is sent, and nobody helps.

#include "words.h"

void words_mpi(struct words *w, MPI_Comm comm) {
    int rank;
    MPI_Comm_rank(comm, &rank);
    if (rank == 0)
        words_serial(w);
    MPI_Barrier(comm);
}
