// FINDS n=2 kind=deadlock line=23 says="received only in the communicator it was sent in"
// SPDX-License-Identifier: MIT
//
// Sent in MPI_COMM_WORLD, received in a copy of it.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    int value = rank;
    MPI_Comm copy;
    MPI_Comm_dup(MPI_COMM_WORLD, &copy);
    if (rank == 1)
#ifdef RIGHT
        MPI_Send(&value, 1, MPI_INT, 0, 1, copy);
#else
        MPI_Send(&value, 1, MPI_INT, 0, 1, MPI_COMM_WORLD);
#endif
    else
        MPI_Recv(&value, 1, MPI_INT, 1, 1, copy, MPI_STATUS_IGNORE);
    MPI_Comm_free(&copy);
    MPI_Finalize();
    return 0;
}
