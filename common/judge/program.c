// SPDX-License-Identifier: MIT
//
// program.c: see program.h.

#include "program.h"
#include <glob.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_CAP = PATH_MAX + 256 };
static const char *const kinds[] = {"labs", "solutions"};

// The Debian package of the library that the lab needs (labs/NN-name/needs: header flag package).
static void read_needs(const struct lab_entry *lab, char package[128]) {
    char path[PATH_CAP], line[256];
    *package = 0;
    snprintf(path, sizeof path, "%s/labs/%s/needs", lab->home, lab->dir);
    FILE *file = fopen(path, "re");
    if (file && fgets(line, sizeof line, file) && sscanf(line, "%*s %*s %127s", package) != 1)
        *package = 0;
    if (file)
        fclose(file);
}

bool program_find(const char *root, const struct lab_entry *lab, bool solution, char *path,
                  size_t path_cap, char *text, size_t cap) {
    char here[PATH_MAX], package[128];
    snprintf(path, path_cap, "%s/build/%s/%s", root, kinds[solution], lab->name);
    if (access(path, X_OK) != 0) {
        read_needs(lab, package);
        snprintf(text, cap, "build/%s/%s is not there yet: run `make build`%s%s.", kinds[solution],
                 lab->name, *package ? "; it needs the package " : "", package);
        return false;
    }
    if (getcwd(here, sizeof here) && strcmp(here, root) == 0)
        snprintf(path, path_cap, "build/%s/%s", kinds[solution], lab->name);
    return true;
}

static bool is_newer(const struct stat *a, const struct stat *b) {
    return a->st_mtim.tv_sec > b->st_mtim.tv_sec ||
           (a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec > b->st_mtim.tv_nsec);
}

bool program_is_stale(const char *root, const struct lab_entry *lab, bool solution, char *text,
                      size_t cap) {
    struct stat built, source;
    char path[PATH_CAP];
    bool stale = false;
    snprintf(path, sizeof path, "%s/build/%s/%s", root, kinds[solution], lab->name);
    if (stat(path, &built) != 0)
        return false;
    for (int i = 0; i <= solution && !stale; i++) {
        glob_t found;
        snprintf(path, sizeof path, "%s/%s/%s/*.[ch]", root, kinds[i], lab->dir);
        if (glob(path, 0, NULL, &found) != 0)
            continue;
        for (size_t j = 0; j < found.gl_pathc && !stale; j++) {
            const char *file = strrchr(found.gl_pathv[j], '/') + 1;
            // Of a file that the solution replaces, the student's says nothing about the solution.
            snprintf(path, sizeof path, "%s/%s/%s/%.64s", root, kinds[1], lab->dir, file);
            if (i == 0 && solution && access(path, F_OK) == 0)
                continue;
            stale = stat(found.gl_pathv[j], &source) == 0 && is_newer(&source, &built);
            if (stale)
                snprintf(text, cap,
                         "%s/%s/%s was changed after it was built, and this runs the old program; "
                         "`make build` makes the new one.",
                         kinds[i], lab->dir, file);
        }
        globfree(&found);
    }
    return stale;
}
