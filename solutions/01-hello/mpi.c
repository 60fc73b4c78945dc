// SPDX-License-Identifier: MIT
//
// mpi.c: the ranks of comm sign the roll, each in a roll of its own. What rank 0 is to see must be
// sent to it: a message for each line that another rank has signed.

#include "hello.h"

void hello_mpi(struct hello *h, MPI_Comm comm) {
    // decompose: as with threads, from my number and from how many we are
    int me, ranks;
    MPI_Comm_rank(comm, &me);
    MPI_Comm_size(comm, &ranks);

    // compute: my lines, into my roll
    for (int i = me; i < h->n; i += ranks)
        hello_sign(h, i, me, ranks);

    // combine: line by line from its signer to rank 0; the tag says which line it is
    for (int i = 0; i < h->n; i++) {
        const int signer = i % ranks;
        if (me == signer && signer != 0)
            MPI_Send(&h->roll[i], sizeof(struct line), MPI_BYTE, 0, i, comm);
        if (me == 0 && signer != 0)
            MPI_Recv(&h->roll[i], sizeof(struct line), MPI_BYTE, signer, i, comm,
                     MPI_STATUS_IGNORE);
    }
    // check: rank 0 has received as many messages as others have signed lines
}
