// FINDS n=2 kind=misuse line=19 says="MPI refused"
// SPDX-License-Identifier: MIT
//
// A derived type is used without MPI_Type_commit.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    double row[4] = {0};
    MPI_Datatype pair;
    MPI_Type_contiguous(2, MPI_DOUBLE, &pair);
#ifdef RIGHT
    MPI_Type_commit(&pair);
#endif
    MPI_Bcast(row, 2, pair, 0, MPI_COMM_WORLD);
    MPI_Type_free(&pair);
    MPI_Finalize();
    return 0;
}
