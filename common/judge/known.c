// SPDX-License-Identifier: MIT
//
// known.c: see known.h.

#include "known.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void add_text(struct known *known, const char *text) {
    sha256_add(&known->sha, text, strlen(text) + 1);
}

void known_begin(struct known *known, const char *root, const char *name) {
    char text[32];
    sha256_begin(&known->sha);
    snprintf(known->dir, sizeof known->dir, "%s/build/check", root);
    snprintf(known->path, sizeof known->path, "%s/%.40s", known->dir, name);
    known_file(known, "/proc/sys/kernel/random/boot_id");
    snprintf(text, sizeof text, "user %d", (int)geteuid());
    add_text(known, text);
}

void known_file(struct known *known, const char *path) {
    char text[256] = "";
    FILE *const file = fopen(path, "re");
    const size_t size = file ? fread(text, 1, sizeof text, file) : 0;
    add_text(known, path);
    sha256_add(&known->sha, text, size);
    if (file)
        fclose(file);
}

void known_program(struct known *known, const char *path) {
    struct stat what = {0};
    char text[128];
    stat(path, &what);
    snprintf(text, sizeof text, "%ju %jd %jd.%ld", (uintmax_t)what.st_ino, (intmax_t)what.st_size,
             (intmax_t)what.st_ctim.tv_sec, (long)what.st_ctim.tv_nsec);
    add_text(known, path);
    add_text(known, text);
}

bool known_is_good(struct known *known) {
    char then[65] = "";
    sha256_end(&known->sha, known->digest);
    FILE *const file = fopen(known->path, "re");
    if (file && fscanf(file, "%64s", then) != 1)
        *then = '\0';
    if (file)
        fclose(file);
    return strcmp(known->digest, then) == 0;
}

void known_keep(const struct known *known) {
    mkdir(known->dir, 0777); // the journals' place
    FILE *const file = fopen(known->path, "we");
    if (!file)
        return;
    fprintf(file, "%s\n", known->digest);
    fclose(file);
}
