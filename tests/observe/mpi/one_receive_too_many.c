// FINDS n=3 kind=deadlock line=24 says="has reached MPI_Finalize"
// SPDX-License-Identifier: MIT
//
// The manager receives one message more than is sent.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    int value = rank, size;
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    if (rank > 0)
        MPI_Send(&value, 1, MPI_INT, 0, 0, MPI_COMM_WORLD);
#ifdef RIGHT
    const int messages = size - 1;
#else
    const int messages = size;
#endif
    for (int i = 0; rank == 0 && i < messages; i++) {
        const int from = i % (size - 1) + 1;
        MPI_Recv(&value, 1, MPI_INT, from, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    }
    MPI_Finalize();
    return 0;
}
