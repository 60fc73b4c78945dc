// The main thread gathers the parts of all ranks, and the others wait for it at a barrier.
// EXPECT nothing
#include <mpi.h>
#include <stdio.h>

enum { PART = 12, RANKS = 16 };
static double part[PART], all[RANKS * PART];

int main(int argc, char **argv) {
    int given, rank, size;
    double sum = 0;
    MPI_Init_thread(&argc, &argv, MPI_THREAD_FUNNELED, &given);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    for (int i = 0; i < PART; i++)
        part[i] = rank;
#pragma omp parallel
    {
#pragma omp master
        MPI_Allgather(part, PART, MPI_DOUBLE, all, PART, MPI_DOUBLE, MPI_COMM_WORLD);
#pragma omp barrier
#pragma omp for reduction(+ : sum)
        for (int i = 0; i < PART * size; i++)
            sum += all[i];
    }
    printf("rank %d: %g\n", rank, sum);
    MPI_Finalize();
    return 0;
}
