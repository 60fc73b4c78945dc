// FINDS n=2 threads=3 kind=deadlock line=29 apart=no says="a circle of 2"
// SPDX-License-Identifier: MIT
//
// Three threads of each rank exchange with their partners. All receive first.

#include <mpi.h>
#include <omp.h>
#include <stdio.h>

int main(int argc, char **argv) {
    int granted, rank, sum = 0;
    MPI_Init_thread(&argc, &argv, MPI_THREAD_MULTIPLE, &granted);
    if (granted < MPI_THREAD_MULTIPLE)
        MPI_Abort(MPI_COMM_WORLD, 1);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    const int other = 1 - rank;

#pragma omp parallel reduction(+ : sum)
    {
        const int me = omp_get_thread_num();
        int got = 0;
#ifdef RIGHT
        if (rank == 0) {
            MPI_Send(&me, 1, MPI_INT, other, me, MPI_COMM_WORLD);
            MPI_Recv(&got, 1, MPI_INT, other, me, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        } else
#endif
        {
            MPI_Recv(&got, 1, MPI_INT, other, me, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
            MPI_Send(&me, 1, MPI_INT, other, me, MPI_COMM_WORLD);
        }
        sum += got;
    }
    printf("rank %d: %d\n", rank, sum);
    MPI_Finalize();
    return 0;
}
