// FINDS n=2 kind=deadlock line=23 says="waits in MPI_Recv(source=0"
// SPDX-License-Identifier: MIT
//
// Nobody tells the worker to stop.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    int item = 0;
    if (rank == 0) {
        for (item = 1; item <= 3; item++)
            MPI_Send(&item, 1, MPI_INT, 1, 0, MPI_COMM_WORLD);
#ifdef RIGHT
        item = 0;
        MPI_Send(&item, 1, MPI_INT, 1, 0, MPI_COMM_WORLD);
#endif
    } else {
        do
            MPI_Recv(&item, 1, MPI_INT, 0, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        while (item);
    }
    MPI_Finalize();
    return 0;
}
