// EXPECT file=omp.c check=omp-equal verdict=RACE says="none of the others'"
// Believed: every thread leaves its table in w->table, so it holds all of them. It holds the one
// that was stored last.

#include "words.h"

void words_omp(struct words *w) {
#pragma omp parallel
    {
        struct table *mine = table_create();
        struct reader *reader = reader_create(w);
#pragma omp for schedule(static, 1)
        for (long i = 0; i < w->pieces; i++) {
            const struct piece *p = &w->piece[i];
            long lo = piece_begin(reader, p), hi = piece_end(reader, p);
            table_count(mine, reader_text(reader, p->file, lo, hi), hi - lo);
        }
        reader_free(reader);
        w->table = mine;
    }
}
