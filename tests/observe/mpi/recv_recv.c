// FINDS n=2 kind=deadlock line=23 says="a circle of 2"
// SPDX-License-Identifier: MIT
//
// Both receive first.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    int mine = rank, theirs;
#ifdef RIGHT
    if (rank == 0) {
        MPI_Send(&mine, 1, MPI_INT, 1, 7, MPI_COMM_WORLD);
        MPI_Recv(&theirs, 1, MPI_INT, 1, 7, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    } else {
        MPI_Recv(&theirs, 1, MPI_INT, 0, 7, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        MPI_Send(&mine, 1, MPI_INT, 0, 7, MPI_COMM_WORLD);
    }
#else
    MPI_Recv(&theirs, 1, MPI_INT, 1 - rank, 7, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    MPI_Send(&mine, 1, MPI_INT, 1 - rank, 7, MPI_COMM_WORLD);
#endif
    MPI_Finalize();
    return 0;
}
