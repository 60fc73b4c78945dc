// EXPECT file=omp.c check=omp-equal verdict=WRONG says="No word is counted"
// Believed: the merged table is the result by itself. w->table is never set.

#include "words.h"

void words_omp(struct words *w) {
    struct table *table = table_create();
#pragma omp parallel
    {
        struct table *mine = table_create();
        struct reader *reader = reader_create(w);
#pragma omp for schedule(dynamic) nowait
        for (long i = 0; i < w->pieces; i++) {
            const struct piece *p = &w->piece[i];
            long lo = piece_begin(reader, p), hi = piece_end(reader, p);
            char *text = reader_text(reader, p->file, lo, hi);
            table_count(mine, text, hi - lo);
        }
        reader_free(reader);
#pragma omp critical
        table_merge(table, mine);
        table_free(mine);
    }
}
