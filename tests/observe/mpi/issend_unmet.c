// FINDS n=2 kind=deadlock line=22 says="for its MPI_Issend(dest=1, tag=5)"
// SPDX-License-Identifier: MIT
//
// A synchronous send is waited for, and the other waits for another tag.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    int value = rank;
    MPI_Request request;
#ifdef RIGHT
    const int tag = 5;
#else
    const int tag = 6;
#endif
    if (rank == 0) {
        MPI_Issend(&value, 1, MPI_INT, 1, 5, MPI_COMM_WORLD, &request);
        MPI_Wait(&request, MPI_STATUS_IGNORE);
    } else {
        MPI_Recv(&value, 1, MPI_INT, 0, tag, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    }
    MPI_Finalize();
    return 0;
}
