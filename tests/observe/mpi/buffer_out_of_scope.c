// FINDS n=2 kind=misuse line=15 says="local variable of a function that has returned"
// SPDX-License-Identifier: MIT
//
// A function begins a receive into its own variable and returns.

#include <mpi.h>

static void begin(MPI_Request *request) __attribute__((noinline));
static void begin(MPI_Request *request) {
#ifdef RIGHT
    static int value[64];
#else
    int value[64];
#endif
    MPI_Irecv(value, 64, MPI_INT, 1, 0, MPI_COMM_WORLD, request);
}

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    MPI_Request request;
    if (rank == 0) {
        begin(&request);
        MPI_Wait(&request, MPI_STATUS_IGNORE);
    } else {
        MPI_Send(&rank, 1, MPI_INT, 0, 0, MPI_COMM_WORLD);
    }
    MPI_Finalize();
    return 0;
}
