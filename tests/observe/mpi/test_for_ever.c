// FINDS n=2 kind=deadlock line=18 says="asks again and again with MPI_Test"
// SPDX-License-Identifier: MIT
//
// A loop of MPI_Test for what never comes.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    int in = 0, done = 0;
    MPI_Request request;
    if (rank == 0) {
        MPI_Irecv(&in, 1, MPI_INT, 1, 0, MPI_COMM_WORLD, &request);
        while (!done)
            MPI_Test(&request, &done, MPI_STATUS_IGNORE);
    }
#ifdef RIGHT
    if (rank == 1)
        MPI_Send(&rank, 1, MPI_INT, 0, 0, MPI_COMM_WORLD);
#endif
    MPI_Finalize();
    return 0;
}
