// FINDS n=2 threads=4 kind=deadlock line=30 apart=no says="thread 0 waits at the barrier of threads_barrier_before_send.c:32 (and so do threads 2, 3)"
// SPDX-License-Identifier: MIT
//
// One thread of a team receives the edge while the others compute. What it waits for, the main thread
// of the other rank sends: here behind a barrier, which waits for the one that receives.

#include <mpi.h>
#include <omp.h>
#include <stdio.h>

enum { N = 1000 };
static double cell[N];

int main(int argc, char **argv) {
    int granted, rank;
    double edge = 0;
    MPI_Init_thread(&argc, &argv, MPI_THREAD_MULTIPLE, &granted);
    if (granted < MPI_THREAD_MULTIPLE)
        MPI_Abort(MPI_COMM_WORLD, 1);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    const int other = 1 - rank;

#pragma omp parallel
    {
#pragma omp for nowait
        for (int i = 0; i < N; i++)
            cell[i] = rank + i;
#ifndef RIGHT
        if (omp_get_thread_num() == 1)
            MPI_Recv(&edge, 1, MPI_DOUBLE, other, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
#endif
#pragma omp barrier // all cells are computed
        if (omp_get_thread_num() == 0)
            MPI_Send(&cell[N - 1], 1, MPI_DOUBLE, other, 0, MPI_COMM_WORLD);
#ifdef RIGHT
        if (omp_get_thread_num() == 1)
            MPI_Recv(&edge, 1, MPI_DOUBLE, other, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
#endif
    }
    printf("rank %d: %g\n", rank, edge);
    MPI_Finalize();
    return 0;
}
