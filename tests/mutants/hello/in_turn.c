// EXPECT file=mpi.c check=mpi-overlap verdict=SERIAL says="What lets only one of them sign at a time?"
// Believed: a line is signed when it is its turn. Every rank waits until the one before it is done.

#include "hello.h"

void hello_mpi(struct hello *h, MPI_Comm comm) {
    int me, ranks;
    MPI_Comm_rank(comm, &me);
    MPI_Comm_size(comm, &ranks);
    for (int i = 0; i < h->n; i++) {
        const int signer = i % ranks;
        if (me == signer)
            hello_sign(h, i, me, ranks);
        if (me == signer && signer != 0)
            MPI_Send(&h->roll[i], sizeof(struct line), MPI_BYTE, 0, i, comm);
        if (me == 0 && signer != 0)
            MPI_Recv(&h->roll[i], sizeof(struct line), MPI_BYTE, signer, i, comm,
                     MPI_STATUS_IGNORE);
        MPI_Barrier(comm);
    }
}
