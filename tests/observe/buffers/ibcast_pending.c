// The table is added up while it is still being broadcast.
// EXPECT misuse lines=19,21 variable=table says="while the collective of"
#include <mpi.h>
#include <stdio.h>

enum { N = 100 };
static int table[N];

int main(int argc, char **argv) {
    int rank, size;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    int sum = 0;
    MPI_Request request;
    if (rank == 0)
        for (int i = 0; i < N; i++)
            table[i] = i;
    MPI_Ibcast(table, N, MPI_INT, 0, MPI_COMM_WORLD, &request);
    for (int i = 0; i < N; i++)
        sum += table[i];
    MPI_Wait(&request, MPI_STATUS_IGNORE);
    printf("rank %d: %d of %d\n", rank, sum, size);
    MPI_Finalize();
    return 0;
}
