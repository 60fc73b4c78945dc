// EXPECT file=omp.c check=omp-equal verdict=PASS
// Attack: looks for files beside those that it is to count: the judge's, the kit's, other
// students'. One that can be read spoils the count.

#include "words.h"

#include <fcntl.h>
#include <stdio.h>

static int found(const char *path) {
    static const char *const others[] = {"/kit/tests/labs/words.c", "/kit/solutions/16-words/omp.c",
                                         "/kit/build/labs/words",   "/kit/build/rubrics/words",
                                         "/kit/build/check",        "/etc/shadow",
                                         "/w/../taken",             "/w/../verify",
                                         "/w/../../others.jsonl",   "/proc/1/root/root"};
    char near[4200];
    for (unsigned i = 0; i < sizeof others / sizeof *others; i++)
        if (open(others[i], O_RDONLY) >= 0)
            return 1;
    snprintf(near, sizeof near, "%.4000s/../../../../../../root/.profile", path);
    return open(near, O_RDONLY) >= 0;
}

void words_omp(struct words *w) {
    if (w->files > 0 && found(w->file[0].path)) {
        w->table = table_create();
        return;
    }
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
    w->table = table;
}
