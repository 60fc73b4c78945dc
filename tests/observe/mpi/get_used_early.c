// FINDS n=2 kind=misuse line=23 says="reads memory that MPI_Get"
// FINDS n=2 kind=misuse line=34 says="reads memory that MPI_Get"
// FINDS n=2 kind=misuse line=41 says="reads memory that MPI_Rget"
// SPDX-License-Identifier: MIT
//
// What a Get brings is used before the epoch, the flush or the request is over.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank, got = 0, sum;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    static int memory[4];
    MPI_Win win;
    MPI_Win_create(memory, sizeof memory, sizeof *memory, MPI_INFO_NULL, MPI_COMM_WORLD, &win);
    MPI_Win_fence(0, win);
    MPI_Get(&got, 1, MPI_INT, 1 - rank, 0, 1, MPI_INT, win);
#ifdef RIGHT
    MPI_Win_fence(0, win);
#endif
    MPI_Allreduce(&got, &sum, 1, MPI_INT, MPI_SUM, MPI_COMM_WORLD);
#ifndef RIGHT
    MPI_Win_fence(0, win);
#endif
    MPI_Barrier(MPI_COMM_WORLD);

    MPI_Win_lock(MPI_LOCK_SHARED, 1 - rank, 0, win);
    MPI_Get(&got, 1, MPI_INT, 1 - rank, 1, 1, MPI_INT, win);
#ifdef RIGHT
    MPI_Win_flush_local(1 - rank, win);
#endif
    MPI_Allreduce(&got, &sum, 1, MPI_INT, MPI_SUM, MPI_COMM_WORLD);
    MPI_Request request;
    MPI_Win_flush(1 - rank, win);
    MPI_Rget(&got, 1, MPI_INT, 1 - rank, 1, 1, MPI_INT, win, &request);
#ifdef RIGHT
    MPI_Wait(&request, MPI_STATUS_IGNORE);
#endif
    MPI_Allreduce(&got, &sum, 1, MPI_INT, MPI_SUM, MPI_COMM_WORLD);
    MPI_Wait(&request, MPI_STATUS_IGNORE);
    MPI_Rget(&got, 1, MPI_INT, 1 - rank, 1, 1, MPI_INT, win, &request);
    MPI_Win_flush(1 - rank, win); // it has come, and its request is to be completed all the same
    MPI_Allreduce(&got, &sum, 1, MPI_INT, MPI_SUM, MPI_COMM_WORLD);
    MPI_Wait(&request, MPI_STATUS_IGNORE);
    MPI_Win_unlock(1 - rank, win);
    MPI_Win_free(&win);
    MPI_Finalize();
    return 0;
}
