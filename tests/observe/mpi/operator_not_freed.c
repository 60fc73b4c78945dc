// FINDS n=2 kind=leak line=22 says="the operator made"
// SPDX-License-Identifier: MIT
//
// An operator is never freed.

#include <mpi.h>

static void larger(void *in, void *inout, int *n, MPI_Datatype *type) {
    (void)type;
    for (int i = 0; i < *n; i++)
        if (((int *)in)[i] > ((int *)inout)[i])
            ((int *)inout)[i] = ((int *)in)[i];
}

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    int most;
    MPI_Op op;
    MPI_Op_create(larger, 1, &op);
    MPI_Allreduce(&rank, &most, 1, MPI_INT, op, MPI_COMM_WORLD);
#ifdef RIGHT
    MPI_Op_free(&op);
#endif
    MPI_Finalize();
    return 0;
}
