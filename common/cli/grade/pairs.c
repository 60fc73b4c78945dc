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

static struct prints prints_of(const struct attempt *attempt, const struct prints *known) {
    struct prints prints = {0};
    for (int f = 0; attempt && f < FILES_MAX; f++)
        if (attempt->file[f] && attempt->file[f]->bytes)
            prints_add(&prints, attempt->file[f]->bytes, attempt->file[f]->size);
    prints_subtract(&prints, known);
    return prints;
}

// How much of an earlier student's attempts `now` has, of the attempt that has most.
static double share_of_earlier(const struct prints *now, const struct prints *attempts,
                               size_t count) {
    double most = 0;
    for (size_t i = 0; i < count; i++) {
        const double share = prints_share(now, &attempts[i], LEAST);
        most = share > most ? share : most;
    }
    return most;
}

static void compare_with(struct pairs *pairs, const struct book *book, const struct prints *all,
                         const struct earlier_class *class, const struct prints *known) {
    for (size_t s = 0; s < class->course.students; s++) {
        const struct student *const then = &class->course.student[s];
        struct prints *const attempts = calloc(then->attempts + 1, sizeof *attempts);
        for (size_t a = 0; attempts && a < then->attempts; a++)
            attempts[a] = prints_of(&then->attempt[a], known);
        for (size_t i = 0; attempts && i < book->count; i++) {
            const double share = share_of_earlier(&all[i], attempts, then->attempts);
            if (share >= shown_from)
                add_pair(pairs, (struct pair){book->score[i].student, then, class->name, share});
        }
        for (size_t a = 0; attempts && a < then->attempts; a++)
            prints_free(&attempts[a]);
        free(attempts);
    }
}

void pairs_find(struct pairs *pairs, const struct book *book) {
    struct prints known = {0}, *const all = calloc(book->count + 1, sizeof *all);
    *pairs = (struct pairs){0};
    add_directory(&known, book->starter);
    for (size_t i = 0; all && i < book->count; i++)
        all[i] = prints_of(book->score[i].attempt, &known);
    for (size_t i = 0; all && i < book->count; i++)
        for (size_t j = i + 1; j < book->count; j++) {
            const double share = prints_share(&all[i], &all[j], LEAST);
            if (share >= shown_from)
                add_pair(pairs, (struct pair){book->score[i].student, book->score[j].student, NULL,
                                              share});
        }
    for (int e = 0; all && book->earlier && e < book->earlier->count; e++)
        compare_with(pairs, book, all, &book->earlier->at[e], &known);
    for (size_t i = 0; all && i < book->count; i++)
        prints_free(&all[i]);
    prints_free(&known);
    free(all);
}
