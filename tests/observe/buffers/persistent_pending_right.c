// The cell that a persistent receive brings is read after the wait.
// EXPECT nothing
#include <mpi.h>
#include <stdio.h>

enum { N = 8 };
static double out[N], in[N], sum;

int main(int argc, char **argv) {
    int rank, size;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    MPI_Request request[2];
    const int next = (rank + 1) % size, last = (rank + size - 1) % size;
    MPI_Send_init(out, N, MPI_DOUBLE, next, 0, MPI_COMM_WORLD, &request[0]);
    MPI_Recv_init(in, N, MPI_DOUBLE, last, 0, MPI_COMM_WORLD, &request[1]);
    for (int step = 0; step < 3; step++) {
        out[0] += 1;
        MPI_Startall(2, request);
        MPI_Waitall(2, request, MPI_STATUSES_IGNORE);
        sum += in[0];
    }
    MPI_Request_free(&request[0]);
    MPI_Request_free(&request[1]);
    printf("rank %d: %g\n", rank, sum);
    MPI_Finalize();
    return 0;
}
