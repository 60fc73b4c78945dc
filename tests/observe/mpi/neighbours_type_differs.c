// FINDS n=4 kind=misuse line=23 apart=no says="expects MPI_DOUBLE of it"
// SPDX-License-Identifier: MIT
//
// Neighbours of a ring give each other numbers of the same length, but not of the same type.

#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
    int rank, size;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);

    MPI_Comm ring;
    MPI_Cart_create(MPI_COMM_WORLD, 1, &size, (const int[]){1}, 0, &ring);
    double mine[2] = {rank, rank}, theirs[4];
    if (rank == 0) {
#ifdef RIGHT
        MPI_Neighbor_allgather(mine, 1, MPI_DOUBLE, theirs, 1, MPI_DOUBLE, ring);
#else
        MPI_Neighbor_allgather(mine, 1, MPI_LONG, theirs, 1, MPI_DOUBLE, ring);
#endif
    } else {
        MPI_Neighbor_allgather(mine, 1, MPI_DOUBLE, theirs, 1, MPI_DOUBLE, ring);
    }
    MPI_Comm_free(&ring);
    MPI_Finalize();
    return 0;
}
