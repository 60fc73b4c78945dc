// FINDS n=2 kind=misuse line=23 says="receives MPI_INT"
// SPDX-License-Identifier: MIT
//
// A column is sent as a derived type of doubles, and received as integers.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    double matrix[4][4] = {{0}};
    MPI_Datatype column;
    MPI_Type_vector(4, 1, 4, MPI_DOUBLE, &column);
    MPI_Type_commit(&column);
    if (rank == 0)
        MPI_Send(matrix, 1, column, 1, 0, MPI_COMM_WORLD);
    else
#ifdef RIGHT
        MPI_Recv(matrix, 4, MPI_DOUBLE, 0, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
#else
        MPI_Recv(matrix, 8, MPI_INT, 0, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
#endif
    MPI_Type_free(&column);
    MPI_Finalize();
    return 0;
}
