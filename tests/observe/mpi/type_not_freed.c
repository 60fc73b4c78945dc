// FINDS n=2 kind=leak line=15 says="the datatype made"
// SPDX-License-Identifier: MIT
//
// A datatype is never freed.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    double row[6] = {0};
    MPI_Datatype type;
    MPI_Type_vector(3, 1, 2, MPI_DOUBLE, &type);
    MPI_Type_commit(&type);
    MPI_Bcast(row, 1, type, 0, MPI_COMM_WORLD);
#ifdef RIGHT
    MPI_Type_free(&type);
#endif
    MPI_Finalize();
    return 0;
}
