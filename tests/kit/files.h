// SPDX-License-Identifier: MIT
// files.h: a directory for one test, and what lies in it.

#ifndef TWOFOLD_FILES_H
#define TWOFOLD_FILES_H

#include <dirent.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char files_dir[256];

// Makes an empty directory; files_path() names files in it.
static inline bool files_begin(void) {
    const char *tmp = getenv("TMPDIR");
    snprintf(files_dir, sizeof files_dir, "%.200s/twofold-XXXXXX", tmp ? tmp : "/tmp");
    return mkdtemp(files_dir) != NULL;
}

static inline const char *files_path(const char *name) {
    static char path[2][512];
    static int turn;
    char *const at = path[turn ^= 1];
    snprintf(at, sizeof path[0], "%s/%s", files_dir, name);
    return at;
}

// How many files lie in the directory.
static inline int files_count(void) {
    DIR *list = opendir(files_dir);
    int count = 0;
    for (struct dirent *entry; list && (entry = readdir(list));)
        count += entry->d_name[0] != '.';
    if (list)
        closedir(list);
    return count;
}

// Removes the directory with the files in it.
static inline void files_end(void) {
    char command[sizeof files_dir + 16];
    snprintf(command, sizeof command, "rm -rf '%s'", files_dir);
    if (system(command) != 0)
        fprintf(stderr, "%s stays\n", files_dir);
}

static inline bool files_write(const char *name, const char *text) {
    FILE *file = fopen(files_path(name), "w");
    return file && fputs(text, file) >= 0 && fclose(file) == 0;
}

static inline bool files_is(const char *name, const char *text) {
    char got[4096];
    FILE *file = fopen(files_path(name), "r");
    if (!file)
        return false;
    const size_t size = fread(got, 1, sizeof got - 1, file);
    fclose(file);
    got[size] = '\0';
    return strcmp(got, text) == 0;
}

#endif
