// FINDS n=2 kind=misuse line=24 says="MPI_MAX"
// FINDS n=2 kind=misuse line=25 says="MPI_FLOAT"
// SPDX-License-Identifier: MIT
//
// Two collectives that are under way at once do not go together: an operator, and a datatype.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank, in[2] = {1, 2}, sum = 0;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    MPI_Request requests[2];
#ifdef RIGHT
    const int same = 1;
#else
    const int same = rank == 0;
#endif
    MPI_Op op = same ? MPI_SUM : MPI_MAX;
    MPI_Datatype type = same ? MPI_INT : MPI_FLOAT;
    MPI_Comm comm;
    MPI_Comm_dup(MPI_COMM_WORLD, &comm);
    MPI_Iallreduce(&in[0], &sum, 1, MPI_INT, op, comm, &requests[0]);
    MPI_Ibcast(&in[1], 1, type, 0, comm, &requests[1]);
    MPI_Waitall(2, requests, MPI_STATUSES_IGNORE);
    MPI_Comm_free(&comm);
    MPI_Finalize();
    return 0;
}
