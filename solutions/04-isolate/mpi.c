// SPDX-License-Identifier: MIT
//
// mpi.c: ranks. A rank that writes wildly spoils nothing of the others. But they have agreed to meet
// in a call, and who has died never comes: so mpirun, by default, ends all of them.

#include "isolate.h"

void isolate_mpi(struct isolate *s, MPI_Comm comm) {
    enum { LONGS = sizeof(struct entry) / sizeof(long) };
    int rank, size;
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &size);

    // decompose: records are dealt round
    for (int record = rank; record < s->records; record += size)
        isolate_note(s, record, isolate_work(s, record)); // compute

    // combine: an entry is 0 on all ranks but one
    const void *mine = rank == 0 ? MPI_IN_PLACE : s->entry;
    MPI_Reduce(mine, s->entry, s->records * LONGS, MPI_LONG, MPI_SUM, 0, comm);
}
