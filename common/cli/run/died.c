// SPDX-License-Identifier: MIT
//
// died.c: see died.h.

#include "died.h"

#include "crash.h"
#include "feedback.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool died_begin(char path[PATH_MAX]) {
    const char *const tmp = getenv("TMPDIR");
    if (snprintf(path, PATH_MAX, "%s/twofold-run-XXXXXX", tmp && *tmp ? tmp : "/tmp") >= PATH_MAX)
        return false;
    const int fd = mkstemp(path);
    if (fd >= 0)
        close(fd);
    return fd >= 0;
}

// The innermost place in the lab's directory, of the student's files or the solution's: from
// "labs/" or "solutions/" on. NULL: none.
static const char *in_lab(const struct place *place, const struct lab_entry *lab) {
    char part[sizeof lab->dir + 2];
    snprintf(part, sizeof part, "/%s/", lab->dir);
    const char *const at = strstr(place->file, part);
    if (!at)
        return NULL;
    const char *begin = at;
    while (begin > place->file && begin[-1] != '/')
        begin--;
    return begin;
}

static void tell(const struct crash *crash, const char *program, const struct lab_entry *lab) {
    static struct place places[PLACES_MAX];
    const int count = crash_places(program, crash, NULL, NULL, places, PLACES_MAX);
    const char *const meaning = crash->signal ? feedback_signal(crash->signal) : NULL;
    int i = 0;
    while (i < count && !in_lab(&places[i], lab))
        i++;
    fputs("twofold run: ", stderr);
    if (i < count)
        fprintf(stderr, "%s:%d: ", in_lab(&places[i], lab), places[i].line);
    if (crash->signal)
        fprintf(stderr, "rank %d died%s: %s.\n", crash->rank, i < count ? " here" : "",
                meaning ? meaning : "a signal ended it");
    else
        fprintf(stderr, "%s failed on rank %d: %s.\n", crash->call, crash->rank, crash->text);
}

void died_end(const char *path, const char *program, const struct lab_entry *lab) {
    char line[CRASH_CAP];
    struct crash crash;
    if (crash_take(path, line, sizeof line) && crash_read(line, &crash))
        tell(&crash, program, lab);
    unlink(path);
}
