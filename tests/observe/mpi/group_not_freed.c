// FINDS n=2 kind=leak line=15 says="the group made"
// SPDX-License-Identifier: MIT
//
// A group is never freed.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    MPI_Group all, first;
    MPI_Comm_group(MPI_COMM_WORLD, &all);
    MPI_Group_incl(all, 1, (const int[]){0}, &first);
    MPI_Group_free(&all);
#ifdef RIGHT
    MPI_Group_free(&first);
#endif
    MPI_Finalize();
    return 0;
}
