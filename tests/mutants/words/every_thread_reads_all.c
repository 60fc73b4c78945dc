// EXPECT file=omp.c check=omp-parallel verdict=SERIAL says="the work of the serial version"
// Believed: every thread needs a table of all words, or the counts are not whole. Each counts all
// pieces, and the table of one of them is taken.

#include "words.h"

void words_omp(struct words *w) {
    struct table *table = NULL;
#pragma omp parallel
    {
        struct table *mine = table_create();
        struct reader *reader = reader_create(w);
        for (long i = 0; i < w->pieces; i++) {
            const struct piece *p = &w->piece[i];
            long lo = piece_begin(reader, p), hi = piece_end(reader, p);
            table_count(mine, reader_text(reader, p->file, lo, hi), hi - lo);
        }
        reader_free(reader);
#pragma omp critical
        {
            if (table)
                table_free(mine);
            else
                table = mine;
        }
    }
    w->table = table;
}
