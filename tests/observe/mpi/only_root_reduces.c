// FINDS n=3 kind=deadlock line=17 says="waits in MPI_Reduce"
// SPDX-License-Identifier: MIT
//
// Only the root calls MPI_Reduce.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    int sum = 0;
#ifndef RIGHT
    if (rank == 0)
#endif
        MPI_Reduce(&rank, &sum, 1, MPI_INT, MPI_SUM, 0, MPI_COMM_WORLD);
    MPI_Finalize();
    return 0;
}
