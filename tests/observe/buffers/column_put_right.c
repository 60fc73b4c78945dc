// A rank sets cells beside the column that another rank puts into its window.
// EXPECT nothing
#include <mpi.h>
#include <stdio.h>

enum { ROWS = 5, COLS = 4 };
static int halo[ROWS * COLS], mine[ROWS];

int main(int argc, char **argv) {
    int rank, size;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    MPI_Win win;
    const int next = (rank + 1) % size;
    MPI_Win_create(halo, sizeof halo, sizeof *halo, MPI_INFO_NULL, MPI_COMM_WORLD, &win);
    MPI_Datatype column;
    MPI_Type_vector(ROWS, 1, COLS, MPI_INT, &column);
    MPI_Type_commit(&column);
    for (int row = 0; row < ROWS; row++)
        mine[row] = rank;
    MPI_Win_fence(0, win);
    MPI_Put(mine, ROWS, MPI_INT, next, 1, 1, column, win);
    for (int row = 0; row < ROWS; row++)
        halo[row * COLS + 2] = -1;
    MPI_Win_fence(0, win);
    MPI_Win_free(&win);
    MPI_Type_free(&column);
    printf("rank %d: %d\n", rank, halo[1] + halo[2]);
    MPI_Finalize();
    return 0;
}
