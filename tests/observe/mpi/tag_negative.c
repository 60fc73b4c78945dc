// FINDS n=2 kind=misuse line=20 says="the tag given was -5"
// SPDX-License-Identifier: MIT
//
// A tag below 0.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    int value = rank;
#ifdef RIGHT
    const int tag = 5;
#else
    const int tag = -5;
#endif
    if (rank == 0)
        MPI_Send(&value, 1, MPI_INT, 1, tag, MPI_COMM_WORLD);
    else
        MPI_Recv(&value, 1, MPI_INT, 0, 5, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    MPI_Finalize();
    return 0;
}
