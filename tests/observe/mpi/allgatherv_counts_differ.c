// FINDS n=2 kind=misuse line=20 apart=no says="rank 1 sends rank 0 12 bytes with MPI_Allgatherv"
// SPDX-License-Identifier: MIT
//
// The counts of MPI_Allgatherv are not the same on all ranks.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    int all[8] = {0}, part[4] = {rank};
    const int at[2] = {0, 4};
#ifdef RIGHT
    const int counts[2] = {3, 3};
#else
    const int counts[2] = {3, rank == 0 ? 4 : 3};
#endif
    MPI_Allgatherv(part, counts[rank], MPI_INT, all, counts, at, MPI_INT, MPI_COMM_WORLD);
    MPI_Finalize();
    return 0;
}
