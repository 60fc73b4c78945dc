// FINDS n=3 kind=misuse line=19 says="MPI refused MPI_Bcast"
// SPDX-License-Identifier: MIT
//
// Those who are not in the part use it all the same.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    int value = rank;
    MPI_Comm part;
    MPI_Comm_split(MPI_COMM_WORLD, rank < 2 ? 0 : MPI_UNDEFINED, rank, &part);
#ifdef RIGHT
    if (part != MPI_COMM_NULL)
#endif
        MPI_Bcast(&value, 1, MPI_INT, 0, part);
    if (part != MPI_COMM_NULL)
        MPI_Comm_free(&part);
    MPI_Finalize();
    return 0;
}
