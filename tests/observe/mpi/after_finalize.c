// FINDS n=2 kind=misuse line=22 says="is called after MPI_Finalize"
// SPDX-License-Identifier: MIT
//
// MPI is ended, and then the ranks meet once more.

#include <mpi.h>
#include <stdio.h>

int main(int argc, char **argv) {
    int rank, size;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);

    if (rank == 0)
        printf("%d ranks\n", size);
#ifdef RIGHT
    MPI_Barrier(MPI_COMM_WORLD);
    MPI_Finalize();
#else
    MPI_Finalize();
    MPI_Barrier(MPI_COMM_WORLD);
#endif
    return 0;
}
