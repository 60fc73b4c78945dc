// FINDS n=3 kind=deadlock line=17 says="MPI_Bcast"
// SPDX-License-Identifier: MIT
//
// The root does not take part in its broadcast.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    int value = rank;
#ifndef RIGHT
    if (rank != 0)
#endif
        MPI_Bcast(&value, 1, MPI_INT, 0, MPI_COMM_WORLD);
    MPI_Finalize();
    return 0;
}
