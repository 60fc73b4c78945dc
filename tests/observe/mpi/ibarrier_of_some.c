// FINDS n=2 kind=deadlock line=18 says="for its MPI_Ibarrier"
// SPDX-License-Identifier: MIT
//
// A non-blocking barrier that one rank does not begin.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    MPI_Request request = MPI_REQUEST_NULL;
#ifndef RIGHT
    if (rank == 0)
#endif
        MPI_Ibarrier(MPI_COMM_WORLD, &request);
    MPI_Wait(&request, MPI_STATUS_IGNORE);
    MPI_Finalize();
    return 0;
}
