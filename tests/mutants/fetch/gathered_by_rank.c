// EXPECT file=mpi.c check=mpi-equal verdict=WRONG says="does each go to the place of its own object"
// Believed: MPI_Gatherv puts the entries where they belong. The objects are dealt round, and one
// rank's entries do not follow each other in the array.

#include "fetch.h"

#include <stdlib.h>

void fetch_mpi(struct fetch *f, MPI_Comm comm) {
    int rank, size;
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &size);
    struct object *mine = calloc(f->count / size + 1, sizeof *mine);
    int count = 0;
    struct link *link = fetch_open(f);
    for (long i = rank; i < f->count; i += size) {
        while (fetch_get(link, i) == FETCH_RETRY)
            continue;
        mine[count++] = f->objects[i];
    }
    fetch_close(link);

    int *bytes = malloc(size * sizeof *bytes), *at = calloc(size, sizeof *at);
    for (int r = 0; r < size; r++) {
        bytes[r] = (int)(cyclic_count(f->count, size, r) * sizeof *mine);
        at[r] = r == 0 ? 0 : at[r - 1] + bytes[r - 1];
    }
    MPI_Gatherv(mine, bytes[rank], MPI_BYTE, f->objects, bytes, at, MPI_BYTE, 0, comm);
    free(at);
    free(bytes);
    free(mine);
}
