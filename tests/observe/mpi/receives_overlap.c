// FINDS n=3 kind=misuse line=22 says="share 8 bytes"
// SPDX-License-Identifier: MIT
//
// Two receives under way write to the same place.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    double in[3] = {0}, out[2] = {rank, rank};
    MPI_Request request[2];
    if (rank == 0) {
#ifdef RIGHT
        const int count = 1;
#else
        const int count = 2;
#endif
        for (int from = 1; from < 3; from++)
            MPI_Irecv(&in[from - 1], count, MPI_DOUBLE, from, 0, MPI_COMM_WORLD,
                      &request[from - 1]);
        MPI_Waitall(2, request, MPI_STATUSES_IGNORE);
    } else {
        MPI_Send(out, 1, MPI_DOUBLE, 0, 0, MPI_COMM_WORLD);
    }
    MPI_Finalize();
    return 0;
}
