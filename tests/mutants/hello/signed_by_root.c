// EXPECT file=mpi.c check=mpi-equal verdict=WRONG says="by one and the same process"
// Believed: it is enough that the right names stand there.

#include "hello.h"

void hello_mpi(struct hello *h, MPI_Comm comm) {
    int me, ranks;
    MPI_Comm_rank(comm, &me);
    MPI_Comm_size(comm, &ranks);
    for (int i = 0; me == 0 && i < h->n; i++)
        hello_sign(h, i, i % ranks, ranks);
}
