// EXPECT file=mpi.c check=mpi-equal verdict=WRONG says="none of the others'"
// Believed: the tables of all ranks are one table. The others' are freed, and never sent.

#include "words.h"

void words_mpi(struct words *w, MPI_Comm comm) {
    int rank, size;
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
    MPI_Barrier(comm);
    if (rank == 0)
        w->table = mine;
    else
        table_free(mine);
}
