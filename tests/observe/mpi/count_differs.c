// FINDS n=2 kind=misuse line=19 says="bytes"
// SPDX-License-Identifier: MIT
//
// The root broadcasts less than the others expect.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    int values[8] = {rank};
#ifdef RIGHT
    const int count = 8;
#else
    const int count = rank == 0 ? 4 : 8;
#endif
    MPI_Bcast(values, count, MPI_INT, 0, MPI_COMM_WORLD);
    MPI_Finalize();
    return 0;
}
