// FINDS n=2 kind=deadlock line=28 apart=no says="has taken that message with MPI_Mprobe"
// SPDX-License-Identifier: MIT
//
// A long message is looked at with a matched probe and never received, so its sender waits for ever.

#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
    int rank, size;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);

    enum { ITEMS = 1000000 };
    static int numbers[ITEMS];
    if (rank == 0) {
        MPI_Message message;
        MPI_Status status;
        int count;
        MPI_Mprobe(1, 3, MPI_COMM_WORLD, &message, &status);
        MPI_Get_count(&status, MPI_INT, &count);
#ifdef RIGHT
        MPI_Mrecv(numbers, count, MPI_INT, &message, &status);
#endif
    } else if (rank == 1) {
        MPI_Send(numbers, ITEMS, MPI_INT, 0, 3, MPI_COMM_WORLD);
    }
    MPI_Finalize();
    return 0;
}
