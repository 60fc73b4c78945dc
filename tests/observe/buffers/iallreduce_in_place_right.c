// What is reduced in place is changed when the reduction is complete.
// EXPECT nothing
#include <mpi.h>
#include <stdio.h>

static int sums[2];

int main(int argc, char **argv) {
    int rank, size;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    MPI_Request request;
    sums[0] = rank;
    sums[1] = 1;
    MPI_Iallreduce(MPI_IN_PLACE, sums, 2, MPI_INT, MPI_SUM, MPI_COMM_WORLD, &request);
    MPI_Wait(&request, MPI_STATUS_IGNORE);
    sums[0] *= 2;
    printf("rank %d: %d, %d of %d\n", rank, sums[0], sums[1], size);
    MPI_Finalize();
    return 0;
}
