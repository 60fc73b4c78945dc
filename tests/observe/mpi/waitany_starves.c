// FINDS n=3 kind=deadlock line=19 says="waits in MPI_Waitany"
// SPDX-License-Identifier: MIT
//
// None of the receives that one is waited for has a send.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    int in[2] = {0, 0}, index;
    MPI_Request request[2];
    if (rank == 0) {
        MPI_Irecv(&in[0], 1, MPI_INT, 1, 0, MPI_COMM_WORLD, &request[0]);
        MPI_Irecv(&in[1], 1, MPI_INT, 2, 0, MPI_COMM_WORLD, &request[1]);
        for (int i = 0; i < 2; i++)
            MPI_Waitany(2, request, &index, MPI_STATUS_IGNORE);
#ifdef RIGHT
    } else {
#else
    } else if (rank == 1) {
#endif
        MPI_Send(&rank, 1, MPI_INT, 0, 0, MPI_COMM_WORLD);
    }
    MPI_Finalize();
    return 0;
}
