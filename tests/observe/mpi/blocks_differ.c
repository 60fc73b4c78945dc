// FINDS n=3 kind=misuse line=29 apart=no says="bytes of it: MPI ends the program there"
// FINDS n=3 kind=misuse line=31 says="MPI_FLOAT with MPI_Scatterv"
// FINDS n=3 kind=misuse line=30 apart=no says="rank 1 sends rank 0 4 bytes with MPI_Alltoallv"
// SPDX-License-Identifier: MIT
//
// Blocks that are not as long as the other side expects.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    int part[4] = {rank}, all[12] = {0};
    float more[4] = {0};
    const int at[3] = {0, 4, 8}, ones[3] = {1, 1, 1};
#ifdef RIGHT
    const int counts[3] = {1, 2, 3};
    const int in_counts[3] = {1, 1, 1};
    float in[4];
    MPI_Datatype type = MPI_FLOAT;
#else
    const int counts[3] = {1, 3, 3};
    const int in_counts[3] = {1, rank == 0 ? 2 : 1, 1};
    int in[4];
    MPI_Datatype type = MPI_INT;
#endif
    MPI_Gatherv(part, rank + 1, MPI_INT, all, counts, at, MPI_INT, 0, MPI_COMM_WORLD);
    MPI_Alltoallv(more, ones, ones, MPI_FLOAT, all, in_counts, at, MPI_FLOAT, MPI_COMM_WORLD);
    MPI_Scatterv(more, counts, at, MPI_FLOAT, in, counts[rank], type, 0, MPI_COMM_WORLD);
    MPI_Finalize();
    return 0;
}
