// The threads compute while a column is on its way in, and leave that column alone.
// EXPECT nothing
#include <mpi.h>
#include <stdio.h>

enum { ROWS = 12, COLS = 10, FIRST = 1 };
static double plate[ROWS][COLS], edge[ROWS];

int main(int argc, char **argv) {
    int given, rank, size;
    MPI_Datatype column;
    MPI_Request request[2];
    MPI_Init_thread(&argc, &argv, MPI_THREAD_FUNNELED, &given);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    MPI_Type_vector(ROWS, 1, COLS, MPI_DOUBLE, &column);
    MPI_Type_commit(&column);
    const int next = (rank + 1) % size, last = (rank + size - 1) % size;
    for (int step = 0; step < 3; step++) {
        MPI_Isend(edge, ROWS, MPI_DOUBLE, next, 0, MPI_COMM_WORLD, &request[0]);
        MPI_Irecv(plate, 1, column, last, 0, MPI_COMM_WORLD, &request[1]);
#pragma omp parallel for
        for (int row = 0; row < ROWS; row++)
            for (int col = FIRST; col < COLS; col++)
                plate[row][col] = row + col;
        MPI_Waitall(2, request, MPI_STATUSES_IGNORE);
#pragma omp parallel for
        for (int row = 0; row < ROWS; row++)
            edge[row] = plate[row][0] + plate[row][1];
    }
    printf("rank %d: %g\n", rank, edge[1]);
    MPI_Type_free(&column);
    MPI_Finalize();
    return 0;
}
