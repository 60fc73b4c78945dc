// A rank reads its halo in the epoch in which another rank puts something there.
// EXPECT misuse lines=21,22 variable=halo says="while the remote access of"
#include <mpi.h>
#include <stdio.h>

enum { N = 4 };
static double halo[N], mine[N], sum;

int main(int argc, char **argv) {
    int rank, size;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    MPI_Win win;
    const int next = (rank + 1) % size;
    MPI_Win_create(halo, sizeof halo, sizeof *halo, MPI_INFO_NULL, MPI_COMM_WORLD, &win);
    for (int step = 0; step < 3; step++) {
        for (int i = 0; i < N; i++)
            mine[i] = rank + step;
        MPI_Win_fence(0, win);
        MPI_Put(mine, N, MPI_DOUBLE, next, 0, N, MPI_DOUBLE, win);
        sum += halo[1];
        MPI_Win_fence(0, win);
    }
    MPI_Win_free(&win);
    printf("rank %d: %g\n", rank, sum);
    MPI_Finalize();
    return 0;
}
