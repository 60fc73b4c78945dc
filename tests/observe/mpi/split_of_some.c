// FINDS n=3 kind=deadlock line=18 says="wait in MPI_Comm_split"
// SPDX-License-Identifier: MIT
//
// Only those who want a part call MPI_Comm_split.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    MPI_Comm part = MPI_COMM_NULL;
#ifdef RIGHT
    MPI_Comm_split(MPI_COMM_WORLD, rank < 2 ? 0 : MPI_UNDEFINED, rank, &part);
#else
    if (rank < 2)
        MPI_Comm_split(MPI_COMM_WORLD, 0, rank, &part);
#endif
    if (part != MPI_COMM_NULL)
        MPI_Comm_free(&part);
    MPI_Finalize();
    return 0;
}
