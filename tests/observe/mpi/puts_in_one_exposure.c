// FINDS n=3 kind=misuse line=29 apart=no says="nothing says which comes first"
// SPDX-License-Identifier: MIT
//
// Two ranks put to the same place while it is exposed to both.

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
    const int owner = 0, others[2] = {1, 2};
    if (rank == 0) {
        MPI_Group_incl(world, 2, others, &group);
        MPI_Win_post(group, 0, win);
        MPI_Win_wait(win);
    } else {
        MPI_Group_incl(world, 1, &owner, &group);
        MPI_Win_start(group, 0, win);
#ifdef RIGHT
        MPI_Put(&rank, 1, MPI_INT, 0, rank, 1, MPI_INT, win);
#else
        MPI_Put(&rank, 1, MPI_INT, 0, 0, 1, MPI_INT, win);
#endif
        MPI_Win_complete(win);
    }
    MPI_Group_free(&group);
    MPI_Group_free(&world);
    MPI_Win_free(&win);
    MPI_Finalize();
    return 0;
}
