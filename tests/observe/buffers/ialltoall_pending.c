// What is sent to all is overwritten while it is still being sent.
// EXPECT misuse lines=17,18 variable=out says="may still read it"
#include <mpi.h>
#include <stdio.h>

enum { RANKS = 16 };
static int out[RANKS], in[RANKS];

int main(int argc, char **argv) {
    int rank, size;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    MPI_Request request;
    for (int i = 0; i < size; i++)
        out[i] = rank * size + i;
    MPI_Ialltoall(out, 1, MPI_INT, in, 1, MPI_INT, MPI_COMM_WORLD, &request);
    out[0] = 7;
    MPI_Wait(&request, MPI_STATUS_IGNORE);
    printf("rank %d: %d %d\n", rank, out[0], in[size - 1]);
    MPI_Finalize();
    return 0;
}
