// SPDX-License-Identifier: MIT
//
// mpi.c: the ranks of comm count the words. Nobody hands out the pieces: rank r takes pieces r,
// r + size, r + 2 * size, ... The tables meet in a tree: in every round half of the ranks that
// still have a table send it to a neighbour and are done, so rank 0 has all after log2(size)
// rounds. A message is the bytes of a table, as they lie in memory.

#include "words.h"

#include <stdlib.h>

enum { TAG = 16 };

// Adds the table that `child` sends to mine. Only the message itself knows how long it is.
static void receive_table(struct table *mine, int child, MPI_Comm comm) {
    MPI_Status status;
    int n;
    MPI_Probe(child, TAG, comm, &status);
    MPI_Get_count(&status, MPI_BYTE, &n);
    char *bytes = malloc((size_t)n + 1);
    MPI_Recv(bytes, n, MPI_BYTE, child, TAG, comm, MPI_STATUS_IGNORE);
    table_merge_bytes(mine, bytes, (size_t)n);
    free(bytes);
}

void words_mpi(struct words *w, MPI_Comm comm) {
    int rank, size;
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &size);
    struct table *mine = table_create();
    struct reader *reader = reader_create(w);

    // decompose: cyclic, so that every rank gets pieces of the big files and of the small ones
    for (long i = rank; i < w->pieces; i += size) {
        const struct piece *p = &w->piece[i];
        // compute: a word belongs to the piece it begins in
        long lo = piece_begin(reader, p), hi = piece_end(reader, p);
        char *text = reader_text(reader, p->file, lo, hi);
        table_count(mine, text, hi - lo);
    }
    reader_free(reader);

    // combine: a tree; a rank that has sent its table to its parent is done
    for (int step = 1; step < size; step *= 2) {
        int parent = rank - step, child = rank + step;
        if (rank % (2 * step) != 0) {
            MPI_Send(mine->bytes, (int)mine->used, MPI_BYTE, parent, TAG, comm);
            break;
        }
        if (child < size)
            receive_table(mine, child, comm);
    }

    // check: rank 0 is the root of the tree and never a sender, so its table holds everything
    if (rank == 0)
        w->table = mine;
    else
        table_free(mine);
}
