// EXPECT file=omp.c check=omp-equal verdict=CRASH line=16 says="segmentation fault"
// Believed: w->table is there from the start. It is NULL until a version sets it.

#include "words.h"

void words_omp(struct words *w) {
#pragma omp parallel
    {
        struct reader *reader = reader_create(w);
#pragma omp for schedule(dynamic)
        for (long i = 0; i < w->pieces; i++) {
            const struct piece *p = &w->piece[i];
            long lo = piece_begin(reader, p), hi = piece_end(reader, p);
            char *text = reader_text(reader, p->file, lo, hi);
#pragma omp critical
            table_count(w->table, text, hi - lo);
        }
        reader_free(reader);
    }
}
