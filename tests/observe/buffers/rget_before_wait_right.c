// What MPI_Rget brings is used when its request is complete.
// EXPECT nothing
#include <mpi.h>
#include <stdio.h>

static int mine, others, sum;

int main(int argc, char **argv) {
    int rank, size;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    MPI_Win win;
    mine = rank;
    MPI_Win_create(&mine, sizeof mine, sizeof mine, MPI_INFO_NULL, MPI_COMM_WORLD, &win);
    MPI_Request request;
    MPI_Win_lock_all(0, win);
    MPI_Rget(&others, 1, MPI_INT, (rank + 1) % size, 0, 1, MPI_INT, win, &request);
    MPI_Wait(&request, MPI_STATUS_IGNORE);
    sum += others;
    MPI_Win_unlock_all(win);
    MPI_Win_free(&win);
    printf("rank %d: %d\n", rank, sum);
    MPI_Finalize();
    return 0;
}
