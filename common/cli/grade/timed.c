// SPDX-License-Identifier: MIT
//
// timed.c: see timed.h.

#include "timed.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char ending[] = ".correctness";

bool timed_asked(const struct rubric *rubric) {
    for (int i = 0; i < rubric->count; i++)
        if (rubric_is_timed(rubric, i))
            return true;
    return false;
}

bool timed_left(const struct rubric *rubric, const char *found) {
    for (int i = 0; i < rubric->count; i++) {
        char words[80];
        snprintf(words, sizeof words, "\"check\":\"%s\"", rubric->check[i].id);
        if (rubric_is_timed(rubric, i) && !strstr(found, words))
            return true;
    }
    return false;
}

bool timed_is_waiting(const char *name) {
    const size_t length = strlen(name);
    return length >= sizeof ending && !strcmp(name + length + 1 - sizeof ending, ending);
}

// A digest without "sha256:".
static const char *digits(const char *digest) {
    const char *const colon = strchr(digest, ':');
    return colon ? colon + 1 : digest;
}

void timed_path(const struct queue *queue, const struct job *job, char *path, size_t cap) {
    snprintf(path, cap, "%s/%.64s-%.64s-%.0f%s", queue->work_dir, digits(job->files),
             digits(queue->rubric), queue_seed(queue, job), ending);
}

bool timed_keep(const char *journal, const char *path) {
    const int fd = open(journal, O_RDONLY | O_CLOEXEC);
    const bool good = fd >= 0 && fdatasync(fd) == 0 && rename(journal, path) == 0;
    const int error = errno;
    if (fd >= 0)
        close(fd);
    errno = error;
    return good;
}

// The whole text of a file, to be freed; NULL: it is not there, or empty.
static char *read_text(const char *path) {
    char *text = NULL;
    size_t size = 0;
    FILE *const file = fopen(path, "re");
    const bool good = file && getdelim(&text, &size, '\0', file) > 0;
    if (file)
        fclose(file);
    if (good)
        return text;
    free(text);
    return NULL;
}

bool timed_waits(const struct queue *queue, const struct job *job) {
    char path[PATH_MAX];
    timed_path(queue, job, path, sizeof path);
    char *const found = read_text(path);
    const bool waits = found && timed_left(queue->checks, found);
    free(found);
    return waits;
}

bool timed_join(const char *first, const char *journal) {
    char *const right = read_text(first), *const speed = read_text(journal);
    FILE *const file = right ? fopen(journal, "we") : NULL;
    bool good = file && fputs(right, file) >= 0 && (!speed || fputs(speed, file) >= 0);
    if (file)
        good = fclose(file) == 0 && good;
    free(right);
    free(speed);
    return good;
}
