// FINDS n=2 kind=deadlock line=24 says="waits in MPI_Win_lock(rank=0)"
// SPDX-License-Identifier: MIT
//
// A rank waits at a barrier while it holds the lock that the other needs to get there.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    static int memory[4];
    MPI_Win win;
    MPI_Win_create(memory, sizeof memory, sizeof *memory, MPI_INFO_NULL, MPI_COMM_WORLD, &win);
    if (rank == 1) {
        MPI_Win_lock(MPI_LOCK_EXCLUSIVE, 0, 0, win);
#ifdef RIGHT
        MPI_Win_unlock(0, win);
#endif
    }
    MPI_Barrier(MPI_COMM_WORLD);
    if (rank == 0) {
        MPI_Win_lock(MPI_LOCK_EXCLUSIVE, 0, 0, win);
        MPI_Win_unlock(0, win);
    }
    MPI_Barrier(MPI_COMM_WORLD);
#ifndef RIGHT
    if (rank == 1)
        MPI_Win_unlock(0, win);
#endif
    MPI_Win_free(&win);
    MPI_Finalize();
    return 0;
}
