// FINDS n=3 kind=deadlock line=21 apart=no says="works only because the message is small"
// SPDX-License-Identifier: MIT
//
// A ring in which all send a short message first: it works by luck.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    double out = rank, in;
    const int next = (rank + 1) % 3, last = (rank + 2) % 3;
#ifdef RIGHT
    MPI_Request request;
    MPI_Irecv(&in, 1, MPI_DOUBLE, last, 0, MPI_COMM_WORLD, &request);
    MPI_Send(&out, 1, MPI_DOUBLE, next, 0, MPI_COMM_WORLD);
    MPI_Wait(&request, MPI_STATUS_IGNORE);
#else
    MPI_Send(&out, 1, MPI_DOUBLE, next, 0, MPI_COMM_WORLD);
    MPI_Recv(&in, 1, MPI_DOUBLE, last, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
#endif
    MPI_Finalize();
    return 0;
}
