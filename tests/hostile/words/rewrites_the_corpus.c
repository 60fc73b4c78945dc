// EXPECT file=omp.c check=omp-equal verdict=WRONG|CRASH says="w"
// Attack: writes an easy text into the files that are to be counted.

#include "words.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static void ease(const char *path) {
    const int fd = open(path, O_WRONLY);
    struct stat file;
    if (fd >= 0 && fstat(fd, &file) == 0)
        for (long i = 0; i < file.st_size; i++)
            if (write(fd, " ", 1) < 0)
                break;
    if (fd >= 0)
        close(fd);
}

void words_omp(struct words *w) {
    for (long i = 0; i < w->files; i++)
        ease(w->file[i].path);
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
