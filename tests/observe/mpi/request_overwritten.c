// FINDS n=2 kind=leak line=21 says="the request of MPI_Isend"
// SPDX-License-Identifier: MIT
//
// A loop of sends with one request, of which the last is waited for.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    static int values[3];
    MPI_Request request[3];
    if (rank == 0) {
        for (int i = 0; i < 3; i++)
#ifdef RIGHT
            MPI_Isend(&values[i], 1, MPI_INT, 1, 0, MPI_COMM_WORLD, &request[i]);
        MPI_Waitall(3, request, MPI_STATUSES_IGNORE);
#else
            MPI_Isend(&values[i], 1, MPI_INT, 1, 0, MPI_COMM_WORLD, &request[0]);
        MPI_Wait(&request[0], MPI_STATUS_IGNORE);
#endif
    } else {
        for (int i = 0; i < 3; i++)
            MPI_Recv(&values[i], 1, MPI_INT, 0, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    }
    MPI_Finalize();
    return 0;
}
