// FINDS n=2 kind=misuse line=17 says="the numbers that arrive mean something else"
// SPDX-License-Identifier: MIT
//
// A broadcast of MPI_INT is received as MPI_FLOAT.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    int number = rank;
#ifdef RIGHT
    MPI_Bcast(&number, 1, MPI_INT, 0, MPI_COMM_WORLD);
#else
    MPI_Bcast(&number, 1, rank == 0 ? MPI_INT : MPI_FLOAT, 0, MPI_COMM_WORLD);
#endif
    MPI_Finalize();
    return 0;
}
