// EXPECT file=mpi.c check=mpi-parallel verdict=SERIAL says="the work of the serial version"
// Believed: every rank must know all words, for rank 0 cannot. So every rank reads and counts all
// pieces; the tables of the others are thrown away.

#include "words.h"

void words_mpi(struct words *w, MPI_Comm comm) {
    int rank;
    MPI_Comm_rank(comm, &rank);
    words_serial(w);
    if (rank != 0) {
        table_free(w->table);
        w->table = NULL;
    }
}
