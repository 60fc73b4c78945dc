// FINDS n=3 kind=deadlock line=20 says="MPI_Allreduce"
// SPDX-License-Identifier: MIT
//
// A loop with a collective in it, which one rank leaves earlier.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    int one = 1, sum;
#ifdef RIGHT
    const int steps = 5;
#else
    const int steps = rank == 1 ? 4 : 5;
#endif
    for (int i = 0; i < steps; i++)
        MPI_Allreduce(&one, &sum, 1, MPI_INT, MPI_SUM, MPI_COMM_WORLD);
    MPI_Finalize();
    return 0;
}
