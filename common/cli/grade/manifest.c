// SPDX-License-Identifier: MIT
//
// manifest.c: see manifest.h.

#include "manifest.h"

#include "sha256.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool has_digest(const char *bytes, size_t size, const char *digest) {
    struct sha256 sha;
    char its[65];
    sha256_begin(&sha);
    sha256_add(&sha, bytes, size);
    sha256_end(&sha, its);
    return !strcmp(its, digest);
}

// The file of this name was packed with this digest. Is it another one now?
static void look_at_file(struct attempt *attempt, const struct input *input, const char *name,
                         const char *digest) {
    char text[160];
    for (int i = 0; i < input->count; i++) {
        const struct found *const found = attempt->file[i];
        if (strcmp(input->names[i], name) != 0 || !found ||
            has_digest(found->bytes, found->size, digest))
            continue;
        snprintf(text, sizeof text, "%s was changed after make hand-in had packed it.", name);
        attempt_wrong(attempt, text);
    }
}

static void look(struct attempt *attempt, const struct input *input, const char *lab) {
    const struct found *const found = attempt->manifest;
    char *const copy = strndup(found->bytes, found->size), *rest = copy;
    char name[64], digest[66], text[200];
    for (char *line; copy && (line = strsep(&rest, "\n"));) {
        if (sscanf(line, "lab %63s", name) == 1 && strcmp(name, lab) != 0) {
            snprintf(text, sizeof text,
                     "This is a hand-in of %s, and not of %s: make hand-in LAB=%s packs the right "
                     "files.",
                     name, lab, lab);
            attempt_wrong(attempt, text);
        } else if (sscanf(line, "manifest %65s", digest) == 1 &&
                   !has_digest(found->bytes, (size_t)(line - copy), digest)) {
            attempt_wrong(attempt, "Its manifest.txt was edited after make hand-in had packed it.");
        } else if (sscanf(line, "file %65s %63s", digest, name) == 2) {
            look_at_file(attempt, input, name, digest);
        }
    }
    free(copy);
}

void manifests_look(struct course *course, const struct input *input, const char *lab) {
    for (size_t s = 0; s < course->students; s++)
        for (size_t i = 0; i < course->student[s].attempts; i++)
            if (course->student[s].attempt[i].manifest)
                look(&course->student[s].attempt[i], input, lab);
}
