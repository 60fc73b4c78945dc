// SPDX-License-Identifier: MIT
//
// shown.c: see shown.h.

#include "shown.h"
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// "2 NAME": the number, and where the name is; 0: the line is none of ours.
static int parse(char *line, const char **name) {
    char *end;
    long count = strtol(line, &end, 10);
    line[strcspn(line, "\n")] = 0;
    if (end == line || *end != ' ' || count < 1 || count > 99)
        return 0;
    *name = end + 1;
    return (int)count;
}

int shown_count(const char *path, const char *name) {
    FILE *file = fopen(path, "re");
    char *line = NULL;
    const char *found;
    size_t room = 0;
    int count = 0;
    while (file && getline(&line, &room, file) >= 0) {
        int here = parse(line, &found);
        if (here > 0 && strcmp(found, name) == 0)
            count = here;
    }
    free(line);
    if (file)
        fclose(file);
    return count;
}

// Copies the lines about other ladders.
static void copy_others(const char *path, const char *name, FILE *into) {
    FILE *file = fopen(path, "re");
    char *line = NULL;
    const char *found;
    size_t room = 0;
    while (file && getline(&line, &room, file) >= 0) {
        int count = parse(line, &found);
        if (count > 0 && strcmp(found, name) != 0)
            fprintf(into, "%d %s\n", count, found);
    }
    free(line);
    if (file)
        fclose(file);
}

bool shown_note(const char *path, const char *name, int count, char *text, size_t cap) {
    char part[PATH_MAX + 64];
    snprintf(part, sizeof part, "%s.%d.part", path, (int)getpid());
    FILE *file = fopen(part, "we");
    if (file) {
        copy_others(path, name, file);
        fprintf(file, "%d %s\n", count, name);
    }
    bool good = file && !ferror(file);
    if (file && fclose(file) != 0)
        good = false;
    if (good && rename(part, path) == 0)
        return true;
    snprintf(text, cap,
             "which hints you have seen cannot be kept in %s (%s): the next hint will be this one "
             "again.",
             path, strerror(errno));
    if (file)
        unlink(part);
    return false;
}
