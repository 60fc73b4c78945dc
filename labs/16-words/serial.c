// SPDX-License-Identifier: MIT
//
// serial.c: one worker counts the words, piece by piece. Given.

#include "words.h"

void words_serial(struct words *w) {
    struct table *table = table_create();
    struct reader *reader = reader_create(w);
    for (long i = 0; i < w->pieces; i++) {
        const struct piece *p = &w->piece[i];
        // A word belongs to the piece it begins in.
        long lo = piece_begin(reader, p), hi = piece_end(reader, p);
        char *text = reader_text(reader, p->file, lo, hi);
        table_count(table, text, hi - lo);
    }
    reader_free(reader);
    w->table = table;
}
