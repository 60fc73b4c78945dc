// EXPECT file=omp.c check=omp-equal verdict=WRONG says="words are cut in two at the edges of pieces"
// Believed: a piece is bytes lo to hi, and words do not run across its edges.

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
            char *text = reader_text(reader, p->file, p->lo, p->hi);
            table_count(mine, text, p->hi - p->lo);
        }
        reader_free(reader);
#pragma omp critical
        table_merge(table, mine);
        table_free(mine);
    }
    w->table = table;
}
