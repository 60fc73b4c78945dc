// What MPI_Get brings is used before the fence that ends it.
// EXPECT misuse lines=17,18 variable=others says="while the one-sided call of"
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
    MPI_Win_fence(0, win);
    MPI_Get(&others, 1, MPI_INT, (rank + 1) % size, 0, 1, MPI_INT, win);
    sum += others;
    MPI_Win_fence(0, win);
    MPI_Win_free(&win);
    printf("rank %d: %d\n", rank, sum);
    MPI_Finalize();
    return 0;
}
