// FINDS n=2 kind=misuse line=21 says="receives into is written to before MPI_Wait"
// SPDX-License-Identifier: MIT
//
// The buffer of a receive is set to 0 while the message is on its way.

#define _DEFAULT_SOURCE
#include <mpi.h>
#include <unistd.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    int value = 7, go = 0;
    MPI_Request request;
    if (rank == 0) {
#ifdef RIGHT
        value = 0;
#endif
        MPI_Irecv(&value, 1, MPI_INT, 1, 0, MPI_COMM_WORLD, &request);
#ifndef RIGHT
        value = 0;
#endif
        MPI_Request started;
        MPI_Isend(&go, 1, MPI_INT, 1, 1, MPI_COMM_WORLD, &started);
        MPI_Wait(&request, MPI_STATUS_IGNORE);
        MPI_Wait(&started, MPI_STATUS_IGNORE);
    } else {
        MPI_Recv(&go, 1, MPI_INT, 0, 1, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        usleep(100000);
        MPI_Send(&rank, 1, MPI_INT, 0, 0, MPI_COMM_WORLD);
    }
    MPI_Finalize();
    return 0;
}
