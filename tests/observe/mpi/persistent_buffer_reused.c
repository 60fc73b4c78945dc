// FINDS n=2 kind=misuse line=17 says="is written to before MPI_Wait"
// SPDX-License-Identifier: MIT
//
// The buffer of a persistent send gets the next round's value while this round's is on its way.

#include <mpi.h>

enum { ROUNDS = 3 };

int main(int argc, char **argv) {
    int rank, value = 0;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    if (rank == 0) {
        MPI_Request request;
        MPI_Send_init(&value, 1, MPI_INT, 1, 0, MPI_COMM_WORLD, &request);
        for (int i = 0; i < ROUNDS; i++) {
#ifndef RIGHT
            MPI_Start(&request);
            value = i + 1;
            MPI_Wait(&request, MPI_STATUS_IGNORE);
#else
            MPI_Start(&request);
            MPI_Wait(&request, MPI_STATUS_IGNORE);
            value = i + 1;
#endif
        }
        MPI_Request_free(&request);
    }
    if (rank == 1)
        for (int i = 0; i < ROUNDS; i++)
            MPI_Recv(&value, 1, MPI_INT, 0, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    MPI_Finalize();
    return 0;
}
