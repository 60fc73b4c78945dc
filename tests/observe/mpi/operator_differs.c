// FINDS n=2 kind=misuse line=19 says="with MPI_M"
// SPDX-License-Identifier: MIT
//
// Each rank another operator.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    int all;
#ifdef RIGHT
    const MPI_Op op = MPI_MAX;
#else
    const MPI_Op op = rank == 0 ? MPI_MAX : MPI_MIN;
#endif
    MPI_Allreduce(&rank, &all, 1, MPI_INT, op, MPI_COMM_WORLD);
    MPI_Finalize();
    return 0;
}
