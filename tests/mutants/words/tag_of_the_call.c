// EXPECT file=mpi.c check=mpi-equal verdict=FLAKY says="it did not end among other cases, 3 times out of 3"
// Believed: each call needs tags of its own. A rank that was not part of an earlier call counts
// otherwise than one that was: the tags differ, and the message is never received.

#include "words.h"

#include <stdlib.h>

enum { TAG = 16 };

// The calls that this rank has seen.
static int calls;

void words_mpi(struct words *w, MPI_Comm comm) {
    int rank, size;
    const int tag = TAG + calls++;
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &size);
    struct table *mine = table_create();
    struct reader *reader = reader_create(w);
    for (long i = rank; i < w->pieces; i += size) {
        const struct piece *p = &w->piece[i];
        long lo = piece_begin(reader, p), hi = piece_end(reader, p);
        table_count(mine, reader_text(reader, p->file, lo, hi), hi - lo);
    }
    reader_free(reader);

    if (rank != 0) {
        MPI_Send(mine->bytes, (int)mine->used, MPI_BYTE, 0, tag, comm);
        table_free(mine);
        return;
    }
    for (int from = 1; from < size; from++) {
        MPI_Status status;
        int n;
        MPI_Probe(from, tag, comm, &status);
        MPI_Get_count(&status, MPI_BYTE, &n);
        char *bytes = malloc((size_t)n + 1);
        MPI_Recv(bytes, n, MPI_BYTE, from, tag, comm, MPI_STATUS_IGNORE);
        table_merge_bytes(mine, bytes, (size_t)n);
        free(bytes);
    }
    w->table = mine;
}
