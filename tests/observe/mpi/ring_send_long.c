// FINDS n=4 kind=deadlock line=21 says="waits in MPI_Send(dest=1, tag=0)"
// SPDX-License-Identifier: MIT
//
// A ring in which all send a long message first.

#include <mpi.h>
#include <stdlib.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    enum { N = 1 << 20 };
    double *out = calloc(N, sizeof *out), *in = calloc(N, sizeof *in);
    const int next = (rank + 1) % 4, last = (rank + 3) % 4;
#ifdef RIGHT
    MPI_Sendrecv(out, N, MPI_DOUBLE, next, 0, in, N, MPI_DOUBLE, last, 0, MPI_COMM_WORLD,
                 MPI_STATUS_IGNORE);
#else
    MPI_Send(out, N, MPI_DOUBLE, next, 0, MPI_COMM_WORLD);
    MPI_Recv(in, N, MPI_DOUBLE, last, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
#endif
    free(out);
    free(in);
    MPI_Finalize();
    return 0;
}
