// FINDS n=2 kind=misuse line=20 says="dest=2, source=0"
// SPDX-License-Identifier: MIT
//
// The last rank sends to one that does not exist.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    int value = rank, in;
#ifdef RIGHT
    const int next = rank < 1 ? rank + 1 : MPI_PROC_NULL;
#else
    const int next = rank + 1;
#endif
    const int last = rank > 0 ? rank - 1 : MPI_PROC_NULL;
    MPI_Sendrecv(&value, 1, MPI_INT, next, 0, &in, 1, MPI_INT, last, 0, MPI_COMM_WORLD,
                 MPI_STATUS_IGNORE);
    MPI_Finalize();
    return 0;
}
