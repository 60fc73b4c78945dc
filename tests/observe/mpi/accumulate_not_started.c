// FINDS n=3 kind=misuse line=27 says="memory of rank 2, but has begun no epoch"
// SPDX-License-Identifier: MIT
//
// MPI_Win_start names one rank, and another's memory is reached.

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
#ifdef RIGHT
    const int target = 1;
#else
    const int target = 2;
#endif
    const int origin = 0, named = 1;
    if (rank == 0) {
        MPI_Group_incl(world, 1, &named, &group);
        MPI_Win_start(group, 0, win);
        MPI_Accumulate(&rank, 1, MPI_INT, target, 0, 1, MPI_INT, MPI_SUM, win);
        MPI_Win_complete(win);
        MPI_Group_free(&group);
    } else if (rank == 1) {
        MPI_Group_incl(world, 1, &origin, &group);
        MPI_Win_post(group, 0, win);
        MPI_Win_wait(win);
        MPI_Group_free(&group);
    }
    MPI_Group_free(&world);
    MPI_Win_free(&win);
    MPI_Finalize();
    return 0;
}
