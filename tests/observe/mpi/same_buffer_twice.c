// FINDS n=2 kind=misuse line=20 says="share 8 bytes"
// SPDX-License-Identifier: MIT
//
// The sum of all is to take the place of what was given.

#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
    int rank, size;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);

    double part = rank;
#ifdef RIGHT
    MPI_Allreduce(MPI_IN_PLACE, &part, 1, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
#else
    MPI_Allreduce(&part, &part, 1, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
#endif
    MPI_Finalize();
    return 0;
}
