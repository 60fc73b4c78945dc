// FINDS n=3 kind=misuse line=29 apart=no says="expects"
// SPDX-License-Identifier: MIT
//
// On a graph each rank tells the next how many numbers it has: one of them sends one more than is expected.

#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
    int rank, size;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);

    const int next = (rank + 1) % size, before = (rank + size - 1) % size;
    MPI_Comm graph;
    const int one = 1;
    MPI_Dist_graph_create_adjacent(MPI_COMM_WORLD, 1, &before, &one, 1, &next, &one, MPI_INFO_NULL,
                                   0, &graph);
    int numbers[8] = {0}, theirs[8];
#ifdef RIGHT
    const int count = rank + 1;
#else
    const int count = rank == 1 ? rank : rank + 1;
#endif
    const int expected = before + 1, at = 0;
    MPI_Request request;
    MPI_Ineighbor_alltoallv(numbers, &count, &at, MPI_INT, theirs, &expected, &at, MPI_INT, graph,
                            &request);
    MPI_Wait(&request, MPI_STATUS_IGNORE);
    MPI_Comm_free(&graph);
    MPI_Finalize();
    return 0;
}
