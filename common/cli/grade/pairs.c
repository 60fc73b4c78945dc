// SPDX-License-Identifier: MIT
//
// pairs.c: see pairs.h.

#include "pairs.h"

#include "similar.h"
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Fewer fingerprints say nothing; less in common is chance in a lab of a page.
enum { LEAST = 8 };
static const double shown_from = 0.6;

static void add_directory(struct prints *prints, const char *path) {
    DIR *const dir = opendir(path);
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        static char text[FILE_CAP];
        char file_path[PATH_MAX];
        const size_t n = strlen(entry->d_name);
        if (n < 3 || strcmp(entry->d_name + n - 2, ".c") != 0 ||
            snprintf(file_path, sizeof file_path, "%s/%s", path, entry->d_name) >= PATH_MAX)
            continue;
        FILE *const file = fopen(file_path, "re");
        if (file)
            prints_add(prints, text, fread(text, 1, sizeof text, file));
        if (file)
            fclose(file);
    }
    if (dir)
        closedir(dir);
}

static void add_pair(struct pairs *pairs, struct pair pair) {
    int at = pairs->count;
    while (at > 0 && pairs->at[at - 1].share < pair.share)
        at--;
    if (at == PAIRS_MAX)
        return;
    const int moved = pairs->count < PAIRS_MAX ? pairs->count - at : PAIRS_MAX - 1 - at;
    memmove(&pairs->at[at + 1], &pairs->at[at], (size_t)moved * sizeof pair);
    pairs->at[at] = pair;
    pairs->count += pairs->count < PAIRS_MAX;
}

void pairs_find(struct pairs *pairs, const struct book *book, const char *starter) {
    struct prints known = {0}, *const all = calloc(book->count + 1, sizeof *all);
    *pairs = (struct pairs){0};
    add_directory(&known, starter);
    for (size_t i = 0; all && i < book->count; i++) {
        const struct attempt *const a = book->score[i].attempt;
        for (int f = 0; a && f < FILES_MAX; f++)
            if (a->file[f] && a->file[f]->bytes)
                prints_add(&all[i], a->file[f]->bytes, a->file[f]->size);
        prints_subtract(&all[i], &known);
    }
    for (size_t i = 0; all && i < book->count; i++)
        for (size_t j = i + 1; j < book->count; j++) {
            const double share = prints_share(&all[i], &all[j], LEAST);
            if (share >= shown_from)
                add_pair(pairs,
                         (struct pair){book->score[i].student, book->score[j].student, share});
        }
    for (size_t i = 0; all && i < book->count; i++)
        prints_free(&all[i]);
    prints_free(&known);
    free(all);
}
