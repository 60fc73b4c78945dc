// FINDS n=2 kind=misuse line=13 says="without calling MPI_Finalize"
// SPDX-License-Identifier: MIT
//
// MPI_Finalize is missing.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    MPI_Barrier(MPI_COMM_WORLD);
#ifdef RIGHT
    MPI_Finalize();
#endif
    return 0;
}
