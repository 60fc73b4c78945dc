// SPDX-License-Identifier: MIT
//
// omp.c: a team of threads counts the words. Reading is shared piece by piece, whoever is free
// takes the next one; counting is not shared: a thread that has a table of its own needs no lock
// until the end, when the tables are merged, one thread at a time.

#include "words.h"

void words_omp(struct words *w) {
    struct table *table = table_create(); // of the team
#pragma omp parallel
    {
        struct table *mine = table_create();
        struct reader *reader = reader_create(w);

        // decompose: the pieces, one at a time; some are tiny, some are not in the page cache
#pragma omp for schedule(dynamic) nowait
        for (long i = 0; i < w->pieces; i++) {
            const struct piece *p = &w->piece[i];
            // compute: a word belongs to the piece it begins in
            long lo = piece_begin(reader, p), hi = piece_end(reader, p);
            char *text = reader_text(reader, p->file, lo, hi);
            table_count(mine, text, hi - lo);
        }
        reader_free(reader);

        // combine: nowait, so a thread that is done merges while others still count
#pragma omp critical
        table_merge(table, mine);
        table_free(mine);
    }
    w->table = table; // check: the counts of all threads are in it, for the team has ended
}
