// FINDS n=2 kind=misuse line=22 says="an attached buffer, and none is"
// SPDX-License-Identifier: MIT
//
// A buffered send has no buffer, and works as long as the message is short.

#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
    int rank, size;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);

    int number = rank;
#ifdef RIGHT
    int room = sizeof number + MPI_BSEND_OVERHEAD;
    void *buffer = malloc((size_t)room);
    MPI_Buffer_attach(buffer, room);
#endif
    MPI_Bsend(&number, 1, MPI_INT, (rank + 1) % size, 0, MPI_COMM_WORLD);
    MPI_Recv(&number, 1, MPI_INT, (rank + size - 1) % size, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
#ifdef RIGHT
    MPI_Buffer_detach(&buffer, &room);
    free(buffer);
#endif
    MPI_Finalize();
    return 0;
}
