// FINDS n=3 kind=deadlock line=22 says="These do not go together"
// SPDX-License-Identifier: MIT
//
// One rank leaves itself out of the sums before it, the others do not.

#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
    int rank, size;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);

    int before = 0;
#ifdef RIGHT
    MPI_Exscan(&rank, &before, 1, MPI_INT, MPI_SUM, MPI_COMM_WORLD);
#else
    int (*const sum)(const void *, void *, int, MPI_Datatype, MPI_Op, MPI_Comm) =
        rank == 1 ? MPI_Exscan : MPI_Scan;
    sum(&rank, &before, 1, MPI_INT, MPI_SUM, MPI_COMM_WORLD);
    MPI_Barrier(MPI_COMM_WORLD);
#endif
    MPI_Finalize();
    return 0;
}
