// FINDS n=4 kind=misuse line=24 says="nobody ever receives it"
// SPDX-License-Identifier: MIT
//
// Two groups talk through one communicator: the even ranks send one message more than the odd
// ones take.

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
    MPI_Sendrecv(&number, 1, MPI_INT, place, 0, &theirs, 1, MPI_INT, place, 0, other,
                 MPI_STATUS_IGNORE);
#ifndef RIGHT
    if (rank == 0)
        MPI_Send(&number, 1, MPI_INT, 0, 0, other);
#endif
    MPI_Comm_free(&other);
    MPI_Comm_free(&own);
    MPI_Finalize();
    return 0;
}
