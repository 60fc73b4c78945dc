// EXPECT file=mpi.c check=mpi-equal verdict=WRONG says="oes every record go to one rank"
// Believed: the number of records is a multiple of the number of ranks.

#include "isolate.h"

void isolate_mpi(struct isolate *s, MPI_Comm comm) {
    enum { LONGS = sizeof(struct entry) / sizeof(long) };
    int rank, size;
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &size);

    // decompose: records are dealt round
    const int each = s->records / size;
    for (int record = rank * each; record < (rank + 1) * each; record++)
        isolate_note(s, record, isolate_work(s, record)); // compute

    // combine: an entry is 0 on all ranks but one
    const void *mine = rank == 0 ? MPI_IN_PLACE : s->entry;
    MPI_Reduce(mine, s->entry, s->records * LONGS, MPI_LONG, MPI_SUM, 0, comm);
}
