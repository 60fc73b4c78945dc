// FINDS n=3 kind=misuse line=27 apart=no says="rank 1 writes memory of rank 0 with MPI_Put"
// FINDS n=3 kind=misuse line=30 apart=no says="reads 4 of the same bytes with MPI_Get"
// FINDS n=3 kind=misuse line=38 apart=no says="writes 4 of the same bytes with MPI_Recv"
// FINDS n=3 kind=misuse line=48 apart=no says="sends is written to before MPI_Win_fence"
// SPDX-License-Identifier: MIT
//
// Accesses that meet between two fences, and a buffer that is written to too early.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    static int memory[4];
    MPI_Win win;
    MPI_Win_create(memory, sizeof memory, sizeof *memory, MPI_INFO_NULL, MPI_COMM_WORLD, &win);
    int got = 0, value = 7;
    MPI_Win_fence(0, win);
#ifdef RIGHT
    const int at = rank;
#else
    const int at = 0;
#endif
    if (rank > 0)
        MPI_Put(&rank, 1, MPI_INT, 0, at, 1, MPI_INT, win);
    MPI_Win_fence(0, win);
    if (rank == 1)
        MPI_Put(&rank, 1, MPI_INT, 0, 1, 1, MPI_INT, win);
#ifdef RIGHT
    MPI_Win_fence(0, win);
#endif
    if (rank == 2)
        MPI_Get(&got, 1, MPI_INT, 0, 1, 1, MPI_INT, win);
    MPI_Win_fence(0, win);
    if (rank == 1)
        MPI_Put(&rank, 1, MPI_INT, 0, 2, 1, MPI_INT, win);
#ifdef RIGHT
    MPI_Win_fence(0, win);
#endif
    if (rank == 0)
        MPI_Recv(&memory[2], 1, MPI_INT, 2, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    if (rank == 2)
        MPI_Send(&rank, 1, MPI_INT, 0, 0, MPI_COMM_WORLD);
    MPI_Win_fence(0, win);
    if (rank == 1)
        MPI_Put(&value, 1, MPI_INT, 0, 3, 1, MPI_INT, win);
#ifdef RIGHT
    MPI_Win_fence(0, win);
#endif
    value = 8;
    MPI_Win_fence(0, win);
    if (value < 7)
        MPI_Abort(MPI_COMM_WORLD, 1);
    MPI_Win_free(&win);
    MPI_Finalize();
    return 0;
}
