// EXPECT file=omp.c check=omp-equal verdict=WRONG says="ends of words are counted as words"
// Believed: it is enough to read the last word of a piece to its end. The next piece begins in the
// middle of that word, and counts the rest once more.

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
            long hi = piece_end(reader, p);
            char *text = reader_text(reader, p->file, p->lo, hi);
            table_count(mine, text, hi - p->lo);
        }
        reader_free(reader);
#pragma omp critical
        table_merge(table, mine);
        table_free(mine);
    }
    w->table = table;
}
