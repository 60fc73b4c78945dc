// FINDS n=2 kind=deadlock line=22 says="with tag 1, and rank 0 asks for tag 2"
// SPDX-License-Identifier: MIT
//
// Sent with one tag, asked for with another.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    int value = rank;
#ifdef RIGHT
    const int tag = 1;
#else
    const int tag = 2;
#endif
    if (rank == 1)
        MPI_Send(&value, 1, MPI_INT, 0, 1, MPI_COMM_WORLD);
    else
        MPI_Recv(&value, 1, MPI_INT, 1, tag, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    MPI_Finalize();
    return 0;
}
