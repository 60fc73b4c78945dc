// FINDS n=4 kind=deadlock line=23 says="a circle of 2"
// SPDX-License-Identifier: MIT
//
// Two groups talk through one communicator, and each waits for the other to begin.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    const int odd = rank % 2;
    MPI_Comm own, other;
    MPI_Comm_split(MPI_COMM_WORLD, odd, rank, &own);
    MPI_Intercomm_create(own, 0, MPI_COMM_WORLD, 1 - odd, 7, &other);
    int place, number = rank, theirs;
    MPI_Comm_rank(own, &place);
#ifdef RIGHT
    if (odd)
        MPI_Send(&number, 1, MPI_INT, place, 0, other);
#endif
    MPI_Recv(&theirs, 1, MPI_INT, place, 0, other, MPI_STATUS_IGNORE);
#ifdef RIGHT
    if (!odd)
        MPI_Send(&number, 1, MPI_INT, place, 0, other);
#else
    MPI_Send(&number, 1, MPI_INT, place, 0, other);
#endif
    MPI_Comm_free(&other);
    MPI_Comm_free(&own);
    MPI_Finalize();
    return 0;
}
