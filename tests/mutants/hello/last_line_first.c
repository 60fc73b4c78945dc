// EXPECT file=mpi.c check=mpi-equal verdict=WRONG says="which line does rank 0 take this one for"
// Believed: a message knows where it belongs. With one tag for all, it is put where the next one is
// awaited.

#include "hello.h"

void hello_mpi(struct hello *h, MPI_Comm comm) {
    int me, ranks;
    MPI_Comm_rank(comm, &me);
    MPI_Comm_size(comm, &ranks);
    for (int i = h->n - 1; i >= 0; i--) {
        if (i % ranks != me)
            continue;
        hello_sign(h, i, me, ranks);
        if (me != 0)
            MPI_Send(&h->roll[i], sizeof(struct line), MPI_BYTE, 0, 0, comm);
    }
    for (int i = 0; me == 0 && i < h->n; i++)
        if (i % ranks != 0)
            MPI_Recv(&h->roll[i], sizeof(struct line), MPI_BYTE, i % ranks, 0, comm,
                     MPI_STATUS_IGNORE);
}
