// FINDS n=2 kind=crash line=19 says="ended by SIGSEGV"
// SPDX-License-Identifier: MIT
//
// One rank has allocated nothing.

#include <mpi.h>
#include <stdlib.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    int *counts = NULL;
#ifndef RIGHT
    if (rank == 0)
#endif
        counts = calloc(4, sizeof *counts);
    counts[rank] = 1;
    MPI_Allreduce(MPI_IN_PLACE, counts, 4, MPI_INT, MPI_SUM, MPI_COMM_WORLD);
    free(counts);
    MPI_Finalize();
    return 0;
}
