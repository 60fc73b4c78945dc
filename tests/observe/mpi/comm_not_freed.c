// FINDS n=2 kind=leak line=14 says="the communicator made"
// SPDX-License-Identifier: MIT
//
// A communicator is never freed.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    MPI_Comm part;
    MPI_Comm_split(MPI_COMM_WORLD, rank, 0, &part);
    MPI_Barrier(part);
#ifdef RIGHT
    MPI_Comm_free(&part);
#endif
    MPI_Finalize();
    return 0;
}
