// FINDS n=2 kind=misuse line=26 apart=no says="receives MPI_INT"
// SPDX-License-Identifier: MIT
//
// Two receives, waited for in the other order; one has the wrong type.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    if (rank == 0) {
        const int a = 1;
        const double b = 2;
        MPI_Send(&a, 1, MPI_INT, 1, 0, MPI_COMM_WORLD);
        MPI_Send(&b, 1, MPI_DOUBLE, 1, 0, MPI_COMM_WORLD);
    } else {
        int a;
        double b;
        MPI_Request request[2];
        MPI_Irecv(&a, 1, MPI_INT, 0, 0, MPI_COMM_WORLD, &request[0]);
#ifdef RIGHT
        MPI_Irecv(&b, 1, MPI_DOUBLE, 0, 0, MPI_COMM_WORLD, &request[1]);
#else
        MPI_Irecv(&b, 2, MPI_INT, 0, 0, MPI_COMM_WORLD, &request[1]);
#endif
        MPI_Wait(&request[1], MPI_STATUS_IGNORE);
        MPI_Wait(&request[0], MPI_STATUS_IGNORE);
    }
    MPI_Finalize();
    return 0;
}
