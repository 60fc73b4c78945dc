// FINDS n=3 kind=deadlock line=22 says="MPI_Neighbor_alltoall"
// SPDX-License-Identifier: MIT
//
// A rank at the edge of a grid thinks it has nothing to exchange.

#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
    int rank, size;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);

    MPI_Comm line;
    MPI_Cart_create(MPI_COMM_WORLD, 1, &size, (const int[]){0}, 0, &line);
    int to[2] = {rank, rank}, from[2];
#ifndef RIGHT
    if (rank > 0)
#endif
        MPI_Neighbor_alltoall(to, 1, MPI_INT, from, 1, MPI_INT, line);
    MPI_Comm_free(&line);
    MPI_Finalize();
    return 0;
}
