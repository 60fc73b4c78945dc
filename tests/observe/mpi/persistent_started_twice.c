// FINDS n=2 kind=misuse line=19 says="while it is still under way from the start before"
// SPDX-License-Identifier: MIT
//
// A persistent send is started for the next round before the one before is waited for.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank, value = 7;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    if (rank == 0) {
        MPI_Request request;
        MPI_Send_init(&value, 1, MPI_INT, 1, 0, MPI_COMM_WORLD, &request);
        MPI_Start(&request);
#ifndef RIGHT
        // The same message once more, says who wrote this: MPI keeps them apart by itself.
        MPI_Start(&request);
#else
        MPI_Wait(&request, MPI_STATUS_IGNORE);
        MPI_Start(&request);
#endif
        MPI_Wait(&request, MPI_STATUS_IGNORE);
        MPI_Request_free(&request);
    }
    if (rank == 1)
        for (int i = 0; i < 2; i++)
            MPI_Recv(&value, 1, MPI_INT, 0, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    MPI_Finalize();
    return 0;
}
