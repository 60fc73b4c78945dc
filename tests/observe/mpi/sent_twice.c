// FINDS n=2 kind=misuse line=20 says="nobody ever receives it"
// SPDX-License-Identifier: MIT
//
// One message more is sent than is received.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    int value = rank;
#ifdef RIGHT
    const int messages = 3;
#else
    const int messages = 4;
#endif
    for (int i = 0; rank == 0 && i < messages; i++)
        MPI_Send(&value, 1, MPI_INT, 1, 0, MPI_COMM_WORLD);
    for (int i = 0; rank == 1 && i < 3; i++)
        MPI_Recv(&value, 1, MPI_INT, 0, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    MPI_Finalize();
    return 0;
}
