// EXPECT file=omp.c check=omp-parallel verdict=SERIAL says="only 1 of 4 threads did the work"
// Believed: "single" saves the table from a race. It does: the others have nothing to do.

#include "words.h"

void words_omp(struct words *w) {
    struct table *table = table_create();
#pragma omp parallel
#pragma omp single
    {
        struct reader *reader = reader_create(w);
        for (long i = 0; i < w->pieces; i++) {
            const struct piece *p = &w->piece[i];
            long lo = piece_begin(reader, p), hi = piece_end(reader, p);
            table_count(table, reader_text(reader, p->file, lo, hi), hi - lo);
        }
        reader_free(reader);
    }
    w->table = table;
}
