// FINDS n=4 kind=leak line=16 says="the communicator made"
// SPDX-License-Identifier: MIT
//
// A communicator between two groups, and the one that they become, of which one is never freed.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    const int odd = rank % 2;
    MPI_Comm own, other;
    MPI_Comm_split(MPI_COMM_WORLD, odd, rank, &own);
    MPI_Intercomm_create(own, 0, MPI_COMM_WORLD, 1 - odd, 7, &other);
    MPI_Comm all;
    int sum;
    MPI_Intercomm_merge(other, odd, &all);
    MPI_Allreduce(&rank, &sum, 1, MPI_INT, MPI_SUM, all);
    MPI_Comm_free(&all);
#ifdef RIGHT
    MPI_Comm_free(&other);
#endif
    MPI_Comm_free(&own);
    MPI_Finalize();
    return 0;
}
