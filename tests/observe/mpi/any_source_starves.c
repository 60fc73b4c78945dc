// FINDS n=3 kind=deadlock line=16 says="no rank is left that could send it anything"
// SPDX-License-Identifier: MIT
//
// A receive from anyone, and nobody sends.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    int value = rank;
    if (rank == 0)
        for (int i = 0; i < 2; i++)
            MPI_Recv(&value, 1, MPI_INT, MPI_ANY_SOURCE, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
#ifdef RIGHT
    else
#else
    else if (rank == 1)
#endif
        MPI_Send(&value, 1, MPI_INT, 0, 0, MPI_COMM_WORLD);
    MPI_Finalize();
    return 0;
}
