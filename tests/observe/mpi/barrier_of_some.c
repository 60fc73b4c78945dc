// FINDS n=4 kind=deadlock line=17 says="to which rank 3 has not come"
// SPDX-License-Identifier: MIT
//
// One rank leaves before the barrier.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

#ifdef RIGHT
    MPI_Barrier(MPI_COMM_WORLD);
#else
    if (rank != 3)
        MPI_Barrier(MPI_COMM_WORLD);
#endif
    MPI_Finalize();
    return 0;
}
