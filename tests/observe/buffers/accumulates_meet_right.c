// All ranks add their number to the same cell in one epoch, which accumulates may.
// EXPECT nothing
#include <mpi.h>
#include <stdio.h>

static int halo[1];

int main(int argc, char **argv) {
    int rank, size;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    MPI_Win win;
    const int next = (rank + 1) % size;
    MPI_Win_create(halo, sizeof halo, sizeof *halo, MPI_INFO_NULL, MPI_COMM_WORLD, &win);
    MPI_Win_fence(0, win);
    MPI_Accumulate(&rank, 1, MPI_INT, 0, 0, 1, MPI_INT, MPI_SUM, win);
    MPI_Win_fence(0, win);
    MPI_Win_free(&win);
    printf("rank %d: %d, before %d\n", rank, halo[0], next);
    MPI_Finalize();
    return 0;
}
