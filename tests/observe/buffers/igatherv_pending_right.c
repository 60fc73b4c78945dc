// The root clears the cells between the blocks while the blocks are being gathered.
// EXPECT nothing
#include <mpi.h>
#include <stdio.h>

enum { BLOCK = 3, RANKS = 16 };
static double mine[BLOCK], all[RANKS * (BLOCK + 1)];
static int counts[RANKS], starts[RANKS];

int main(int argc, char **argv) {
    int rank, size;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    MPI_Request request;
    for (int i = 0; i < size; i++) {
        counts[i] = BLOCK;
        starts[i] = i * (BLOCK + 1);
    }
    for (int i = 0; i < BLOCK; i++)
        mine[i] = rank;
    MPI_Igatherv(mine, BLOCK, MPI_DOUBLE, all, counts, starts, MPI_DOUBLE, 0, MPI_COMM_WORLD,
                 &request);
    if (rank == 0)
        for (int i = 1; i < size; i++)
            all[starts[i] + BLOCK] = 0;
    MPI_Wait(&request, MPI_STATUS_IGNORE);
    if (rank == 0)
        printf("%g %g\n", all[0], all[BLOCK]);
    MPI_Finalize();
    return 0;
}
