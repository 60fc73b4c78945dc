// The main thread exchanges the edge cells while the others compute: omp master has no barrier.
// EXPECT race lines=25,30 variable=u
#include <mpi.h>
#include <stdio.h>
#include <string.h>

enum { N = 64 };
static double u[N + 2], next[N + 2];

int main(int argc, char **argv) {
    int given, rank, size;
    double sum = 0;
    MPI_Init_thread(&argc, &argv, MPI_THREAD_FUNNELED, &given);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    const int left = rank > 0 ? rank - 1 : MPI_PROC_NULL;
    const int right = rank < size - 1 ? rank + 1 : MPI_PROC_NULL;
    for (int i = 0; i < N + 2; i++)
        u[i] = rank;
    for (int step = 0; step < 3; step++) {
#pragma omp parallel
        {
#pragma omp master
            {
                MPI_Sendrecv(&u[1], 1, MPI_DOUBLE, left, 0, &u[N + 1], 1, MPI_DOUBLE, right, 0,
                             MPI_COMM_WORLD, MPI_STATUS_IGNORE);
            }
#pragma omp for
            for (int i = 1; i <= N; i++)
                next[i] = (u[i] + u[i + 1]) / 2;
        }
        memcpy(u, next, N * sizeof *u);
    }
    for (int i = 1; i <= N; i++)
        sum += u[i];
    printf("rank %d: %g\n", rank, sum);
    MPI_Finalize();
    return 0;
}
