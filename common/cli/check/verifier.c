// SPDX-License-Identifier: MIT
//
// verifier.c: see verifier.h.

#include "verifier.h"

#include "process.h"
#include "program.h"
#include <glob.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { PATH_CAP = PATH_MAX + 256 };

bool verifier_is_whole(const struct lab_entry *lab) {
    char path[PATH_CAP];
    glob_t found;
    snprintf(path, sizeof path, "%s/solutions/%s/*.c", lab->home, lab->dir);
    const bool whole = glob(path, 0, NULL, &found) == 0;
    if (whole)
        globfree(&found);
    return whole;
}

// A file that a student writes is called after its version; these are the versions but serial.
static bool is_students(const char *object) {
    static const char *const names[] = {"omp.o",   "mpi.o", "hybrid.o", "pipe.o",
                                        "queue.o", "shm.o", "async.o",  "gil.o"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcmp(object, names[i]))
            return true;
    return false;
}

// Adds the words of the line of PATH that begins with `name`; false: there is none.
static bool add_words(struct command *command, const char *path, const char *name) {
    char line[2400];
    bool found = false;
    FILE *const file = fopen(path, "re");
    while (file && !found && fgets(line, sizeof line, file)) {
        char *rest = line + strlen(name);
        found = strncmp(line, name, strlen(name)) == 0;
        for (char *word; found && (word = strsep(&rest, " \t\n"));)
            if (*word)
                command_add(command, "%s", word);
    }
    if (file)
        fclose(file);
    return found;
}

static void add_needed_library(struct command *command, const struct lab_entry *lab) {
    char path[PATH_CAP], line[256], flag[128];
    snprintf(path, sizeof path, "%s/labs/%s/needs", lab->home, lab->dir);
    FILE *const file = fopen(path, "re");
    if (file && fgets(line, sizeof line, file) && sscanf(line, "%*s %127s", flag) == 1)
        command_add(command, "%s", flag);
    if (file)
        fclose(file);
}

static bool link_one(const char *root, const struct lab_entry *lab, const char *path, char *text,
                     size_t cap) {
    char words[PATH_CAP], objects[PATH_CAP];
    struct command command = {0};
    glob_t found;
    snprintf(words, sizeof words, "%s/build/lib/compile.txt", root);
    snprintf(objects, sizeof objects, "%s/build/obj/labs/%s/*.o", root, lab->name);
    if (!add_words(&command, words, "link: ") || glob(objects, 0, NULL, &found) != 0) {
        command_free(&command);
        snprintf(text, cap, "%s is not built yet: run `make check LAB=%s`, which builds it.",
                 lab->name, lab->name);
        return false;
    }
    for (size_t i = 0; i < found.gl_pathc; i++)
        if (!is_students(strrchr(found.gl_pathv[i], '/') + 1))
            command_add(&command, "%s", found.gl_pathv[i]);
    globfree(&found);
    command_add(&command, "%s/build/lib/libkit.a", root);
    add_needed_library(&command, lab);
    add_words(&command, words, "libraries: ");
    command_add(&command, "-Wl,--unresolved-symbols=ignore-all");
    command_add(&command, "-no-pie"); // else the loader stumbles over what is undefined
    command_add(&command, "-o");
    command_add(&command, "%s", path);
    struct outcome o;
    process_run(&command, &(struct how){.seconds = 60, .capture_out = true, .capture_err = true},
                &o);
    const bool good = o.started && o.status == 0;
    if (!good)
        snprintf(text, cap, "the program that verifies results cannot be linked: %s; %.300s",
                 o.text, o.err ? o.err : "");
    command_free(&command);
    outcome_free(&o);
    return good;
}

bool verifier_find(const char *root, const struct lab_entry *lab, const char *dir, char *path,
                   size_t path_cap, char *text, size_t cap) {
    if (verifier_is_whole(lab)) {
        snprintf(path, path_cap, "%s/build/solutions/%s", root, lab->name);
        if (access(path, X_OK) == 0)
            return true;
        program_find(root, lab, true, path, path_cap, text, cap); // which says what is missing
        return false;
    }
    snprintf(path, path_cap, "%s/verifier", dir);
    return link_one(root, lab, path, text, cap);
}
