// FINDS n=2 kind=misuse line=20 says="reads memory that MPI_Iallreduce"
// FINDS n=2 kind=misuse line=22 says="sends is written to before MPI_Wait"
// SPDX-License-Identifier: MIT
//
// The buffers of collectives under way are used before these are complete.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    int sum = 0, all = rank, value = 7;
    MPI_Request request;
    MPI_Iallreduce(&rank, &sum, 1, MPI_INT, MPI_SUM, MPI_COMM_WORLD, &request);
#ifdef RIGHT
    MPI_Wait(&request, MPI_STATUS_IGNORE);
#endif
    MPI_Allreduce(&sum, &all, 1, MPI_INT, MPI_MAX, MPI_COMM_WORLD);
    MPI_Wait(&request, MPI_STATUS_IGNORE);
    MPI_Ibcast(&value, 1, MPI_INT, 0, MPI_COMM_WORLD, &request);
#ifdef RIGHT
    MPI_Wait(&request, MPI_STATUS_IGNORE);
#endif
    if (rank == 0)
        value = 8;
    MPI_Wait(&request, MPI_STATUS_IGNORE);
    if (value < 7)
        MPI_Abort(MPI_COMM_WORLD, 1);
    MPI_Finalize();
    return 0;
}
