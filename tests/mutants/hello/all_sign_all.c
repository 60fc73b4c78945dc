// EXPECT file=mpi.c check=mpi-equal verdict=WRONG says="Does every rank sign the whole roll"
// Believed: MPI shares out the loop. Every rank signs the whole roll, each its own copy.

#include "hello.h"

void hello_mpi(struct hello *h, MPI_Comm comm) {
    int me, ranks;
    MPI_Comm_rank(comm, &me);
    MPI_Comm_size(comm, &ranks);
    for (int i = 0; i < h->n; i++)
        hello_sign(h, i, me, ranks);
}
