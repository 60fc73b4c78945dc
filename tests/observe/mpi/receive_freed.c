// FINDS n=2 kind=misuse line=20 says="before it is complete"
// SPDX-License-Identifier: MIT
//
// A receive is freed in place of waited for.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    static int value;
    MPI_Request request;
    if (rank == 0) {
        MPI_Irecv(&value, 1, MPI_INT, 1, 0, MPI_COMM_WORLD, &request);
#ifdef RIGHT
        MPI_Wait(&request, MPI_STATUS_IGNORE);
#else
        MPI_Request_free(&request);
#endif
    } else {
        MPI_Send(&value, 1, MPI_INT, 0, 0, MPI_COMM_WORLD);
    }
    MPI_Barrier(MPI_COMM_WORLD);
    MPI_Finalize();
    return 0;
}
