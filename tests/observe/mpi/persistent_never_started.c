// FINDS n=2 kind=misuse line=16 says="was never started"
// SPDX-License-Identifier: MIT
//
// A persistent send that is never started.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    int value = rank;
    MPI_Request request;
    if (rank == 0) {
        MPI_Send_init(&value, 1, MPI_INT, 1, 0, MPI_COMM_WORLD, &request);
#ifdef RIGHT
        MPI_Start(&request);
        MPI_Wait(&request, MPI_STATUS_IGNORE);
#endif
        MPI_Request_free(&request);
    }
#ifdef RIGHT
    if (rank == 1)
        MPI_Recv(&value, 1, MPI_INT, 0, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
#endif
    MPI_Finalize();
    return 0;
}
