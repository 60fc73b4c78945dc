// FINDS n=2 kind=deadlock line=16 says="waits in MPI_Probe(source=1"
// SPDX-License-Identifier: MIT
//
// A probe for a message that never comes.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    int value = 1, count;
    MPI_Status status;
    if (rank == 0) {
        MPI_Probe(1, 4, MPI_COMM_WORLD, &status);
        MPI_Get_count(&status, MPI_INT, &count);
        MPI_Recv(&value, count, MPI_INT, 1, 4, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    }
#ifdef RIGHT
    if (rank == 1)
        MPI_Send(&value, 1, MPI_INT, 0, 4, MPI_COMM_WORLD);
#endif
    MPI_Finalize();
    return 0;
}
