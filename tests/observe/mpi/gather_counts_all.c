// FINDS n=2 kind=misuse line=19 says="bytes for each rank"
// SPDX-License-Identifier: MIT
//
// The root gives the count of the whole, not of a block.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    int all[16] = {0}, part[4] = {rank};
#ifdef RIGHT
    const int count = 4;
#else
    const int count = 8;
#endif
    MPI_Gather(part, 4, MPI_INT, all, count, MPI_INT, 0, MPI_COMM_WORLD);
    MPI_Finalize();
    return 0;
}
