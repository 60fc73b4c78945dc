// FINDS n=2 kind=misuse line=23 apart=no says="whose window has 16 bytes"
// SPDX-License-Identifier: MIT
//
// The offset is counted in bytes, and the window's unit is an int.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    static int memory[4];
    MPI_Win win;
    MPI_Win_create(memory, sizeof memory, sizeof *memory, MPI_INFO_NULL, MPI_COMM_WORLD, &win);
#ifdef RIGHT
    const int at = 2;
#else
    const int at = 2 * sizeof(int);
#endif
    MPI_Win_fence(0, win);
    if (rank == 0)
        MPI_Put(&rank, 1, MPI_INT, 1, at, 1, MPI_INT, win);
    MPI_Win_fence(0, win);
    MPI_Win_free(&win);
    MPI_Finalize();
    return 0;
}
