// FINDS n=2 kind=misuse line=22 says="rank 0 sends MPI_DOUBLE"
// SPDX-License-Identifier: MIT
//
// Sent as double, received as float.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    if (rank == 0) {
        double out = 1.5;
        MPI_Send(&out, 1, MPI_DOUBLE, 1, 0, MPI_COMM_WORLD);
    } else {
#ifdef RIGHT
        double in;
        MPI_Recv(&in, 1, MPI_DOUBLE, 0, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
#else
        float in[2];
        MPI_Recv(in, 2, MPI_FLOAT, 0, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
#endif
    }
    MPI_Finalize();
    return 0;
}
