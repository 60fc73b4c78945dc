// FINDS n=2 kind=misuse line=22 says="message truncated"
// SPDX-License-Identifier: MIT
//
// The message is longer than the receive.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    int values[8] = {0};
#ifdef RIGHT
    const int room = 8;
#else
    const int room = 4;
#endif
    if (rank == 0)
        MPI_Send(values, 8, MPI_INT, 1, 0, MPI_COMM_WORLD);
    else
        MPI_Recv(values, room, MPI_INT, 0, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    MPI_Finalize();
    return 0;
}
