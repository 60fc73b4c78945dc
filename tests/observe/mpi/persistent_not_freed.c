// FINDS n=2 kind=leak line=16 says="the persistent request of MPI_Recv_init"
// SPDX-License-Identifier: MIT
//
// A persistent receive that is never freed.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    int value = rank;
    MPI_Request request;
    if (rank == 0) {
        MPI_Recv_init(&value, 1, MPI_INT, 1, 0, MPI_COMM_WORLD, &request);
        for (int i = 0; i < 3; i++) {
            MPI_Start(&request);
            MPI_Wait(&request, MPI_STATUS_IGNORE);
        }
#ifdef RIGHT
        MPI_Request_free(&request);
#endif
    } else {
        for (int i = 0; i < 3; i++)
            MPI_Send(&value, 1, MPI_INT, 0, 0, MPI_COMM_WORLD);
    }
    MPI_Finalize();
    return 0;
}
