// EXPECT file=mpi.c check=mpi-equal verdict=WRONG says="Is every item added exactly once"
// Believed: n / size items a rank are all items. The rest of the division belongs to nobody.

#include "sample.h"

void sample_mpi(struct sample *s, MPI_Comm comm) {
    int rank, size;
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &size);
    const long share = s->n / size;
    uint64_t part = 0;
    for (long i = rank * share; i < (rank + 1) * share; i++)
        part += sample_item(s, i);
    MPI_Reduce(&part, &s->total, 1, MPI_UINT64_T, MPI_SUM, 0, comm);
}
