// FINDS n=3 kind=misuse line=31 apart=no says="rank 0 writes 4 of the same bytes in its own code before MPI_Win_fence at"
// FINDS n=3 kind=misuse line=44 apart=no says="rank 0 writes memory of rank 0 in its own code before MPI_Win_wait at"
// SPDX-License-Identifier: MIT
//
// A rank writes to its window, with an assignment, while others may read it.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank, got[4] = {0};
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    static int memory[4];
    MPI_Win win;
    MPI_Datatype apart;
    MPI_Win_create(memory, sizeof memory, sizeof *memory, MPI_INFO_NULL, MPI_COMM_WORLD, &win);
    MPI_Type_vector(2, 1, 2, MPI_INT, &apart);
    MPI_Type_commit(&apart);
    MPI_Win_fence(0, win);
    if (rank == 0)
        memory[1] = 7;
#ifdef RIGHT
    MPI_Win_fence(0, win);
    if (rank == 0)
        memory[3] = 5; // nobody reaches for that one
#endif
    if (rank == 2)
        MPI_Put(&rank, 1, MPI_INT, 0, 2, 1, MPI_INT, win);
    if (rank == 1)
        MPI_Get(got, 2, MPI_INT, 0, 0, 2, MPI_INT, win);
    MPI_Win_fence(MPI_MODE_NOSUCCEED, win);

    MPI_Group world, group;
    const int owner = 0, others[2] = {1, 2};
    MPI_Comm_group(MPI_COMM_WORLD, &world);
    MPI_Group_incl(world, rank ? 1 : 2, rank ? &owner : others, &group);
    if (rank == 0) {
        memory[0] = 1;
        MPI_Win_post(group, 0, win);
#ifndef RIGHT
        memory[0] = 2;
#endif
        MPI_Win_wait(win);
        memory[0] = 3;
    } else {
        MPI_Win_start(group, 0, win);
        MPI_Get(got, 1, MPI_INT, 0, 0, 1, MPI_INT, win);
        MPI_Win_complete(win);
    }
#ifdef RIGHT
    // Updates of others do not disturb each other, and are no stores of the owner.
    MPI_Win_fence(0, win);
    if (rank == 1)
        MPI_Accumulate(others, 2, MPI_INT, 0, 0, 1, apart, MPI_SUM, win);
    if (rank == 2)
        MPI_Accumulate(others, 2, MPI_INT, 0, 0, 2, MPI_INT, MPI_SUM, win);
    MPI_Win_fence(0, win);
    // Under a lock, after a barrier, what was stored before may be read.
    if (rank == 0)
        memory[3] = 0;
    MPI_Barrier(MPI_COMM_WORLD);
    if (rank == 1) {
        MPI_Win_lock(MPI_LOCK_SHARED, 0, 0, win);
        MPI_Get(&got[3], 1, MPI_INT, 0, 3, 1, MPI_INT, win);
        MPI_Win_unlock(0, win);
    }
    MPI_Win_fence(0, win);
#endif
    MPI_Group_free(&group);
    MPI_Group_free(&world);
    MPI_Type_free(&apart);
    MPI_Win_free(&win);
    MPI_Finalize();
    return got[3];
}
