// FINDS n=2 kind=deadlock line=24 says="rank 0 has not called MPI_Win_complete"
// SPDX-License-Identifier: MIT
//
// The rank that puts never says that it is done.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    static int memory[4];
    MPI_Win win;
    MPI_Win_create(memory, sizeof memory, sizeof *memory, MPI_INFO_NULL, MPI_COMM_WORLD, &win);
    MPI_Group world, group;
    MPI_Comm_group(MPI_COMM_WORLD, &world);
    const int other = 1 - rank;
    MPI_Group_incl(world, 1, &other, &group);
    if (rank == 0) {
        MPI_Win_start(group, 0, win);
        MPI_Put(&rank, 1, MPI_INT, 1, 0, 1, MPI_INT, win);
#ifndef RIGHT
        MPI_Barrier(MPI_COMM_WORLD);
#endif
        MPI_Win_complete(win);
    } else {
        MPI_Win_post(group, 0, win);
        MPI_Win_wait(win);
#ifndef RIGHT
        MPI_Barrier(MPI_COMM_WORLD);
#endif
    }
    MPI_Group_free(&group);
    MPI_Group_free(&world);
    MPI_Win_free(&win);
    MPI_Finalize();
    return 0;
}
