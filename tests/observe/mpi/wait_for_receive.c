// FINDS n=2 kind=deadlock line=22 says="for its MPI_Irecv(source=1, tag=9)"
// SPDX-License-Identifier: MIT
//
// The receive that is waited for has no send.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    int in = 0, out = rank;
    MPI_Request request[2];
    MPI_Irecv(&in, 1, MPI_INT, 1 - rank, 9, MPI_COMM_WORLD, &request[0]);
#ifdef RIGHT
    const int tag = 9;
#else
    const int tag = 9 + rank;
#endif
    MPI_Isend(&out, 1, MPI_INT, 1 - rank, tag, MPI_COMM_WORLD, &request[1]);
    MPI_Waitall(2, request, MPI_STATUSES_IGNORE);
    MPI_Finalize();
    return 0;
}
