// FINDS n=2 kind=deadlock line=21 says="a circle of 2"
// SPDX-License-Identifier: MIT
//
// Two communicators, whose barriers are met in another order.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    MPI_Comm a, b;
    MPI_Comm_dup(MPI_COMM_WORLD, &a);
    MPI_Comm_dup(MPI_COMM_WORLD, &b);
#ifdef RIGHT
    MPI_Barrier(a);
    MPI_Barrier(b);
#else
    if (rank == 0)
        MPI_Barrier(a);
    MPI_Barrier(b);
    if (rank == 1)
        MPI_Barrier(a);
#endif
    MPI_Comm_free(&a);
    MPI_Comm_free(&b);
    MPI_Finalize();
    return 0;
}
