// EXPECT file=mpi.c check=mpi-equal verdict=WRONG says="was never signed on the roll of rank 0"
// Believed: there is one roll. Every rank has one of its own, and only rank 0's is looked at.

#include "hello.h"

void hello_mpi(struct hello *h, MPI_Comm comm) {
    int me, ranks;
    MPI_Comm_rank(comm, &me);
    MPI_Comm_size(comm, &ranks);
    for (int i = me; i < h->n; i += ranks)
        hello_sign(h, i, me, ranks);
}
