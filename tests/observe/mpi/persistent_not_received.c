// FINDS n=2 kind=misuse line=15 says="nobody ever receives it"
// SPDX-License-Identifier: MIT
//
// A persistent send is started once more than its messages are received.

#include <mpi.h>

enum { STEPS = 5 };

int main(int argc, char **argv) {
    int rank, out = 7, in;
    MPI_Request request[2];
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Send_init(&out, 1, MPI_INT, 1 - rank, 0, MPI_COMM_WORLD, &request[0]);
    MPI_Recv_init(&in, 1, MPI_INT, 1 - rank, 0, MPI_COMM_WORLD, &request[1]);

    for (int step = 0; step < STEPS; step++) {
        MPI_Startall(2, request);
        MPI_Waitall(2, request, MPI_STATUSES_IGNORE);
    }
#ifndef RIGHT
    if (rank == 0) {
        MPI_Start(&request[0]);
        MPI_Wait(&request[0], MPI_STATUS_IGNORE);
    }
#endif
    MPI_Request_free(&request[0]);
    MPI_Request_free(&request[1]);
    MPI_Finalize();
    return 0;
}
