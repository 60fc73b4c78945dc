// FINDS n=2 kind=misuse line=18 says="before it is complete: now nobody can tell when"
// SPDX-License-Identifier: MIT
//
// A persistent receive is freed after its last start: it would have to be waited for once more.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank, value = 7;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    if (rank == 1) {
        MPI_Request request;
        MPI_Recv_init(&value, 1, MPI_INT, 0, 0, MPI_COMM_WORLD, &request);
        MPI_Start(&request);
#ifndef RIGHT
        MPI_Request_free(&request);
#else
        MPI_Wait(&request, MPI_STATUS_IGNORE);
        MPI_Request_free(&request);
#endif
    }
    if (rank == 0)
        MPI_Send(&value, 1, MPI_INT, 1, 0, MPI_COMM_WORLD);
    MPI_Finalize();
    return 0;
}
