// FINDS n=3 kind=deadlock line=22 says="MPI_Sendrecv"
// SPDX-License-Identifier: MIT
//
// A shift in which one rank looks the wrong way.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    int out = rank, in;
    int next = (rank + 1) % 3, last = (rank + 2) % 3;
#ifndef RIGHT
    if (rank == 2) {
        const int swap = next;
        next = last;
        last = swap;
    }
#endif
    MPI_Sendrecv(&out, 1, MPI_INT, next, 0, &in, 1, MPI_INT, last, 0, MPI_COMM_WORLD,
                 MPI_STATUS_IGNORE);
    MPI_Finalize();
    return 0;
}
