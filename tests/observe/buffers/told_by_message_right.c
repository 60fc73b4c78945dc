// A rank reads its cell and says so by a message, and only then another rank puts there.
// EXPECT nothing
#include <mpi.h>
#include <stdio.h>

static int halo[1], sum;

int main(int argc, char **argv) {
    int rank, size;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    MPI_Win win;
    MPI_Win_create(halo, sizeof halo, sizeof *halo, MPI_INFO_NULL, MPI_COMM_WORLD, &win);
    const int next = (rank + 1) % size, last = (rank + size - 1) % size;
    MPI_Win_fence(0, win);
    sum += halo[0];
    MPI_Sendrecv(NULL, 0, MPI_INT, last, 0, NULL, 0, MPI_INT, next, 0, MPI_COMM_WORLD,
                 MPI_STATUS_IGNORE);
    MPI_Put(&rank, 1, MPI_INT, next, 0, 1, MPI_INT, win);
    MPI_Win_fence(0, win);
    sum += halo[0];
    MPI_Win_free(&win);
    printf("rank %d: %d\n", rank, sum);
    MPI_Finalize();
    return 0;
}
