// FINDS n=2 kind=misuse line=25 says="the tag given was -5"
// FINDS n=2 kind=misuse line=28 says="the program went on"
// FINDS n=2 kind=misuse line=33 says="the rank given was 2"
// SPDX-License-Identifier: MIT
//
// MPI returns errors, and nobody looks at them: three calls do nothing.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank, size, value = 7;
    MPI_Init(&argc, &argv);
    MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);

#ifdef RIGHT
    const int tag = 5, count = 1, last = size - 1;
#else
    const int tag = -5, count = -1, last = size;
#endif
    const int other = 1 - rank;
    if (rank == 0) {
        MPI_Request request = MPI_REQUEST_NULL;
        MPI_Isend(&value, 1, MPI_INT, other, tag, MPI_COMM_WORLD, &request);
        MPI_Wait(&request, MPI_STATUS_IGNORE);
    } else {
        MPI_Recv(&value, count, MPI_INT, other, count < 0 ? 5 : tag, MPI_COMM_WORLD,
                 MPI_STATUS_IGNORE);
    }
    value = 8;
    if (rank == 0)
        MPI_Ssend(&value, 1, MPI_INT, last, 6, MPI_COMM_WORLD);
#ifdef RIGHT
    if (rank == 1)
        MPI_Recv(&value, 1, MPI_INT, 0, 6, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
#endif
    MPI_Finalize();
    return 0;
}
