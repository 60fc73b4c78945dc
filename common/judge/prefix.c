// SPDX-License-Identifier: MIT
//
// prefix.c: see prefix.h.

#include "prefix.h"
#include "process.h"
#include <limits.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { MOST = 32 };
static const char *list[MOST + 1];
static int count;

static bool is_below(const char *path, const char *dir) {
    size_t length = strlen(dir);
    return strncmp(path, dir, length) == 0 && (path[length] == '/' || !path[length]);
}

// Adds a directory unless all see it anyway. Never a whole home, and nothing that holds all.
static void add(const char *path) {
    static const char *const shown[] = {"/usr", "/etc", "/sys", "/proc", "/dev"};
    const char *home = getenv("HOME");
    char real[PATH_MAX];
    struct stat what;
    if (!realpath(path, real) || stat(real, &what) != 0 || !S_ISDIR(what.st_mode) ||
        !strchr(real + 1, '/') || strchr(real, '=') || (home && is_below(home, real)))
        return;
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        if (is_below(real, shown[i]))
            return;
    for (int i = 0; i < count; i++)
        if (is_below(real, list[i]))
            return;
    // As it is called, for that is what the commands say; links on the way are not in the box.
    if (count < MOST && (list[count] = strdup(path)))
        count++;
}

// The directory above that of a program: /opt/mpi of /opt/mpi/bin/mpicc. Of a program in a home's
// own bin: that bin, and the lib beside it.
static void add_above(const char *program) {
    char path[PATH_MAX], real[PATH_MAX];
    const char *both[] = {path, real}; // the link in PATH may lie elsewhere than what it names
    if (!process_find(program, path, sizeof path) || *path != '/' || !realpath(path, real))
        return;
    for (int i = 0; i < 2; i++) {
        char dir[PATH_MAX], lib[PATH_MAX + 8];
        snprintf(dir, sizeof dir, "%s", both[i]);
        *strrchr(dir, '/') = 0;
        char *slash = strrchr(dir, '/');
        snprintf(lib, sizeof lib, "%.*s/lib", slash ? (int)(slash - dir) : 0, dir);
        add(dir);
        add(lib);
        if (slash && slash > dir) {
            *slash = 0;
            add(dir);
        }
    }
}

static char *output(const char *first, const char *second) {
    struct command command = {0};
    struct outcome outcome;
    command_add(&command, "%s", first);
    command_add(&command, "%s", second);
    process_run(&command, &(struct how){.seconds = 20, .capture_out = true, .capture_err = true},
                &outcome);
    command_free(&command);
    char *text = strdup(outcome.out ? outcome.out : "");
    outcome_free(&outcome);
    return text;
}

// The compiler and the -I and -L directories that mpicc names.
static void add_compiler(void) {
    char *text = output("mpicc", "-show"), *rest = NULL;
    bool first = true;
    for (char *word = text ? strtok_r(text, " \t\n", &rest) : NULL; word;
         word = strtok_r(NULL, " \t\n", &rest), first = false) {
        if (first)
            add_above(word);
        else if (strncmp(word, "-I", 2) == 0 || strncmp(word, "-L", 2) == 0)
            add(word + 2);
    }
    free(text);
}

// The directories of the libraries of a program: "name => /path (address)".
static void add_libraries(const char *program) {
    char path[PATH_MAX], *rest = NULL;
    if (!process_find(program, path, sizeof path))
        return;
    char *text = output("ldd", path);
    for (char *line = text ? strtok_r(text, "\n", &rest) : NULL; line;
         line = strtok_r(NULL, "\n", &rest)) {
        char *file = strstr(line, "=> /"), *slash;
        if (!file)
            continue;
        file += strlen("=> ");
        file[strcspn(file, " ")] = 0;
        slash = strrchr(file, '/');
        if (slash > file) {
            *slash = 0;
            add(file);
        }
    }
    free(text);
}

static void look(void) {
    add_above("mpirun");
    add_above("mpicc");
    add_compiler();
    add_libraries("mpirun");
}

const char *const *prefix_list(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, look);
    return list;
}
