// FINDS n=2 kind=deadlock line=16 says="asks again and again with MPI_Iprobe"
// SPDX-License-Identifier: MIT
//
// A loop of MPI_Iprobe for what never comes.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    int in = 0, there = 0;
    if (rank == 0) {
        while (!there)
            MPI_Iprobe(1, 2, MPI_COMM_WORLD, &there, MPI_STATUS_IGNORE);
        MPI_Recv(&in, 1, MPI_INT, 1, 2, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    }
#ifdef RIGHT
    if (rank == 1)
        MPI_Send(&rank, 1, MPI_INT, 0, 2, MPI_COMM_WORLD);
#endif
    MPI_Finalize();
    return 0;
}
