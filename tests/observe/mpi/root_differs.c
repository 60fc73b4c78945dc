// FINDS n=2 kind=misuse line=19 says="is the root"
// SPDX-License-Identifier: MIT
//
// Each rank says that the root is another.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    int value = rank;
#ifdef RIGHT
    const int root = 0;
#else
    const int root = rank;
#endif
    MPI_Bcast(&value, 1, MPI_INT, root, MPI_COMM_WORLD);
    MPI_Finalize();
    return 0;
}
