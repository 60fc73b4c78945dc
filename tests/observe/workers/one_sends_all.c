// SPDX-License-Identifier: MIT
//
// One rank sends a value to all others; in the right twin whoever has it sends it on, so that the work
// is shared: of 8 ranks rank 0 sends 7 messages, or 3, and the longest chain has 1, or 3.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank, size, value = 0;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    if (rank == 0)
        value = 7;
#ifdef RIGHT
    for (int have = 1; have < size; have *= 2) {
        if (rank < have && rank + have < size)
            MPI_Send(&value, 1, MPI_INT, rank + have, 0, MPI_COMM_WORLD);
        else if (rank >= have && rank < 2 * have)
            MPI_Recv(&value, 1, MPI_INT, rank - have, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    }
#else
    for (int to = 1; rank == 0 && to < size; to++)
        MPI_Send(&value, 1, MPI_INT, to, 0, MPI_COMM_WORLD);
    if (rank > 0)
        MPI_Recv(&value, 1, MPI_INT, 0, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
#endif
    MPI_Finalize();
    return value != 7;
}
