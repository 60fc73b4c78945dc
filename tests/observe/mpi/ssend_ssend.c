// FINDS n=2 kind=deadlock line=21 says="waits in MPI_Ssend(dest=1, tag=3)"
// SPDX-License-Identifier: MIT
//
// Both send synchronously, then receive.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    int mine = rank, theirs;
#ifdef RIGHT
    if (rank == 1)
        MPI_Recv(&theirs, 1, MPI_INT, 0, 3, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    MPI_Ssend(&mine, 1, MPI_INT, 1 - rank, 3, MPI_COMM_WORLD);
    if (rank == 0)
        MPI_Recv(&theirs, 1, MPI_INT, 1, 3, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
#else
    MPI_Ssend(&mine, 1, MPI_INT, 1 - rank, 3, MPI_COMM_WORLD);
    MPI_Recv(&theirs, 1, MPI_INT, 1 - rank, 3, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
#endif
    MPI_Finalize();
    return 0;
}
