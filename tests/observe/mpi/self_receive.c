// FINDS n=1 kind=deadlock line=20 says="it waits for itself"
// SPDX-License-Identifier: MIT
//
// A rank waits for a message of its own that it has not sent.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    int out = 1, in;
#ifdef RIGHT
    MPI_Request request;
    MPI_Isend(&out, 1, MPI_INT, rank, 0, MPI_COMM_WORLD, &request);
    MPI_Recv(&in, 1, MPI_INT, rank, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    MPI_Wait(&request, MPI_STATUS_IGNORE);
#else
    MPI_Recv(&in, 1, MPI_INT, rank, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    MPI_Send(&out, 1, MPI_INT, rank, 0, MPI_COMM_WORLD);
#endif
    MPI_Finalize();
    return 0;
}
