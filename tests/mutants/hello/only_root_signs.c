// EXPECT file=mpi.c check=mpi-equal verdict=WRONG says="was never signed on the roll of rank 0"
// Believed: what rank 0 does is enough, for its roll is the result. Nobody does the others' work.

#include "hello.h"

void hello_mpi(struct hello *h, MPI_Comm comm) {
    int me, ranks;
    MPI_Comm_rank(comm, &me);
    MPI_Comm_size(comm, &ranks);
    if (me != 0)
        return;
    for (int i = 0; i < h->n; i += ranks)
        hello_sign(h, i, me, ranks);
}
