// EXPECT file=mpi.c check=mpi-equal verdict=DEADLOCK says="waits for itself"
// Believed: rank 0 receives every line. Its own lines nobody sends.

#include "hello.h"

void hello_mpi(struct hello *h, MPI_Comm comm) {
    int me, ranks;
    MPI_Comm_rank(comm, &me);
    MPI_Comm_size(comm, &ranks);
    for (int i = me; i < h->n; i += ranks) {
        hello_sign(h, i, me, ranks);
        if (me != 0)
            MPI_Send(&h->roll[i], sizeof(struct line), MPI_BYTE, 0, i, comm);
    }
    for (int i = 0; me == 0 && i < h->n; i++)
        MPI_Recv(&h->roll[i], sizeof(struct line), MPI_BYTE, i % ranks, i, comm,
                 MPI_STATUS_IGNORE);
}
