// SPDX-License-Identifier: MIT
//
// link.c: the second half of compile.h. The linker is asked until it is content: each time it
// complains, objects of the student are left out, or the functions that the lab then lacks get a
// stand-in.

#include "build.h"
#include "source.h"
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LACKING = 32, COMPLAINTS = 64 };

struct link {
    const struct build *build;
    char lacking[LACKING][64]; // functions that get a stand-in
    int lacks;
    bool linked[FILES_MAX]; // files of the submission that the linker was given last
};

// -- stand-ins -------------------------------------------------------------------------------------

// The file that would define this function of the lab: heat_mpi is in mpi.c. NULL: none.
static struct submission_file *home_of(const struct build *build, const char *function) {
    const size_t length = strlen(build->lab->name);
    if (strncmp(function, build->lab->name, length) != 0 || function[length] != '_')
        return NULL;
    for (int i = 0; i < build->submission->count; i++) {
        struct submission_file *const file = &build->submission->file[i];
        const size_t stem = strlen(file->name) - 2;
        if (strlen(function + length + 1) == stem &&
            strncmp(function + length + 1, file->name, stem) == 0)
            return file;
    }
    return NULL;
}

// Compiles DIR/standins.c: every function that is lacking, not written yet. It is called with
// arguments that it does not take, which no ABI of a machine that we run on minds.
static bool make_standins(const struct link *link) {
    const struct build *const build = link->build;
    char path[PATH_MAX + 32];
    snprintf(path, sizeof path, "%s/standins.c", build->dir);
    FILE *file = fopen(path, "we");
    if (file)
        fputs("void todo(const char *function, const char *file);\n", file);
    for (int i = 0; file && i < link->lacks; i++) {
        const struct submission_file *const home = home_of(build, link->lacking[i]);
        fprintf(file, "void %s(void) { todo(\"%s\", \"%s\"); }\n", link->lacking[i],
                link->lacking[i], home ? home->name : "a file that was left out");
    }
    if (!file || fclose(file) != 0) {
        problems_add(build->problems, "", 0, "INFRA",
                     "%s cannot be written: free some space on that disk, or choose another "
                     "directory with TMPDIR.",
                     path);
        return false;
    }
    struct command command = {0};
    struct outcome outcome;
    build_words(&command, build->compile);
    build_words(&command, "-w -c standins.c -o standins.o");
    bool ok = build_run(build, &command, build->dir, "", &outcome);
    if (ok && outcome.status != 0) {
        problems_add(build->problems, "", 0, "INFRA",
                     "The compiler does not take a file of two lines (%s: %.300s): run `make "
                     "build` and see what it says.",
                     outcome.text, outcome.err);
        ok = false;
    }
    outcome_free(&outcome);
    command_free(&command);
    return ok;
}

// -- complaints ------------------------------------------------------------------------------------

// Does a place such as "/dir/mpi.c", "mpi.o:/dir/mpi.c" or "/dir/mpi.o:(.bss+0x0)" name this file?
static bool names(const char *place, const char *file) {
    const size_t length = strlen(file);
    for (const char *at = place; (at = strstr(at, file)); at++)
        if ((at == place || at[-1] == '/' || at[-1] == ':') && (!at[length] || at[length] == ':'))
            return true;
    return false;
}

// The student's file that a place is in; NULL: none that is linked. The lab's other files have
// other names, and the kit's stand in its library.
static struct submission_file *culprit(const struct link *link, const char *place) {
    for (int i = 0; i < link->build->submission->count && !strstr(place, "libkit.a"); i++) {
        struct submission_file *const file = &link->build->submission->file[i];
        char object[sizeof file->name];
        memcpy(object, file->name, sizeof object);
        object[strlen(object) - 1] = 'o';
        if (link->linked[i] && (names(place, file->name) || names(place, object)))
            return file;
    }
    return NULL;
}

// A function that the lab calls and no object has. False: nothing can be done about it.
static bool lab_lacks(struct link *link, const char *function) {
    const struct build *const build = link->build;
    struct submission_file *const home = home_of(build, function);
    if (link->lacks == LACKING || strlen(function) >= sizeof *link->lacking)
        return false;
    bool any_left_out = false;
    for (int i = 0; i < build->submission->count; i++)
        any_left_out = any_left_out || build->submission->file[i].starter;
    if (home && !home->starter) {
        problems_add(build->problems, home->name, 0, "BUILD",
                     "%s compiles, but %s(), which the kit calls, is not in it: was the function "
                     "renamed, or is it static? %s has the line to copy.",
                     home->name, function, build->header);
        home->starter = true;
    } else if (!home && !any_left_out) {
        return false; // the lab's own files lack it: `make build`
    }
    memcpy(link->lacking[link->lacks++], function, strlen(function) + 1);
    return true;
}

// "undefined reference to `helper'", "undefined symbol: helper": helper.
static void wanted_name(const char *message, char *function, size_t cap) {
    const char *const name = strpbrk(message, "`'"), *const colon = strchr(message, ':');
    if (name)
        snprintf(function, cap, "%.*s", (int)strcspn(name + 1, "'"), name + 1);
    else
        snprintf(function, cap, "%.100s", colon && colon[1] ? colon + 2 : "");
}

// Does what a complaint asks for. False: nothing.
static bool answer(struct link *link, struct complaint *complaint) {
    const struct build *const build = link->build;
    char function[128], text[160];
    char *const other = strstr(complaint->message, "; "); // "...; omp.o: first defined here"
    struct submission_file *const first = culprit(link, complaint->file);
    struct submission_file *const second = other ? culprit(link, other + 2) : NULL;
    if (other)
        *other = 0; // a private path helps nobody
    if (first) {
        // Some linkers name only the function that calls what is nowhere, others the line.
        if (!complaint->line && strncmp(complaint->message, "undefined ", 10) == 0) {
            wanted_name(complaint->message, function, sizeof function);
            complaint->line = source_find(first->path, function, true, text, sizeof text);
            if (complaint->line) // now it has a place in the file
                snprintf(complaint->file, sizeof complaint->file, "%s", first->name);
        }
        build_tell(build, complaint, first->name, first->path, "BUILD");
        first->starter = true;
    }
    if (second && second != first) {
        complaint->line = 0; // which is the first one's
        build_tell(build, complaint, second->name, "", "BUILD");
        second->starter = true;
    }
    if (first || second)
        return true;
    if (strncmp(complaint->message, "undefined ", 10) != 0)
        return false;
    wanted_name(complaint->message, function, sizeof function);
    for (int i = 0; i < link->lacks; i++)
        if (strcmp(link->lacking[i], function) == 0)
            return false;
    return lab_lacks(link, function);
}

// -- the program -----------------------------------------------------------------------------------

// Adds the lab's own objects, or its files, where it is built in another way. False: they are not
// there.
static bool add_lab_objects(const struct build *build, struct command *command) {
    char path[2 * PATH_MAX];
    int count = 0;
    snprintf(path, sizeof path, "%s/labs/%s", build->lab->home, build->lab->dir);
    DIR *dir = opendir(path);
    bool complete = dir;
    for (struct dirent *entry; complete && (entry = readdir(dir));) {
        const size_t length = strlen(entry->d_name);
        bool students =
            length < 3 || entry->d_name[0] == '.' || strcmp(entry->d_name + length - 2, ".c") != 0;
        for (int i = 0; i < build->submission->count; i++)
            students = students || strcmp(entry->d_name, build->submission->file[i].name) == 0;
        if (students)
            continue;
        snprintf(path, sizeof path, "%s/build/obj/%s/%s/%.*s.o", build->root,
                 build->how->objects ? build->how->objects : "labs", build->lab->name,
                 (int)length - 2, entry->d_name);
        if (build->how->flags && (!build->how->objects || access(path, R_OK) != 0))
            snprintf(path, sizeof path, "%s/labs/%s/%s", build->lab->home, build->lab->dir,
                     entry->d_name);
        complete = access(path, R_OK) == 0;
        command_add(command, "%s", path);
        count++;
    }
    if (dir)
        closedir(dir);
    if (complete && count > 0)
        return true;
    problems_add(build->problems, "", 0, "INFRA",
                 "%s, a file of the kit, is not there: run `make build`, and see what it says.",
                 path);
    return false;
}

// The library of the lab, from its file `needs`: header, flag, package.
static void add_library(const struct build *build, struct command *command) {
    char path[2 * PATH_MAX], flag[64];
    snprintf(path, sizeof path, "%s/labs/%s/needs", build->lab->home, build->lab->dir);
    FILE *file = fopen(path, "re");
    while (file && fscanf(file, "%*s %63s %*[^\n]", flag) == 1)
        command_add(command, "%s", flag);
    if (file)
        fclose(file);
}

static bool link_once(const struct build *build, bool standins, const char *program,
                      struct outcome *outcome) {
    struct command command = {0};
    build_words(&command, build->link);
    if (build->how->flags) {
        build_words(&command, build->how->flags);
        command_add(&command, "-I%s/common/kit", build->root);
        command_add(&command, "-I%s/labs/%s", build->lab->home, build->lab->dir);
    }
    if (build->how->object)
        command_add(&command, "%s", build->how->object);
    for (int i = 0; i < build->submission->count; i++) {
        const struct submission_file *const file = &build->submission->file[i];
        if (!file->starter)
            command_add(&command, "%s/%.*s.o", build->dir, (int)strlen(file->name) - 2, file->name);
    }
    if (standins)
        command_add(&command, "%s/standins.o", build->dir);
    bool ok = add_lab_objects(build, &command);
    // All of the kit, needed or not: a function of the student's that bears one's name is a second
    // definition then, and does not stand in for it unseen.
    command_add(&command, "-Wl,--whole-archive");
    command_add(&command, "%s/build/lib/libkit.a", build->root);
    command_add(&command, "-Wl,--no-whole-archive");
    add_library(build, &command);
    build_words(&command, build->libraries);
    command_add(&command, "-o");
    command_add(&command, "%s", program);
    *outcome = (struct outcome){0};
    ok = ok && build_run(build, &command, build->dir, "", outcome);
    command_free(&command);
    return ok;
}

bool build_link(const struct build *build, char *program, size_t cap) {
    struct link link = {.build = build};
    struct outcome outcome = {0};
    char path[PATH_MAX + 40];
    snprintf(path, sizeof path, "%s/%s", build->dir, build->lab->name);
    remove(path);
    // Each turn leaves out a file or adds a function, so there is an end.
    for (;;) {
        for (int i = 0; i < build->submission->count; i++)
            link.linked[i] = !build->submission->file[i].starter;
        bool ok = (link.lacks == 0 || make_standins(&link)) &&
                  link_once(build, link.lacks > 0, path, &outcome);
        if (!ok || outcome.status == 0) {
            outcome_free(&outcome);
            return ok && (size_t)snprintf(program, cap, "%s", path) < cap;
        }
        struct complaint *const list = calloc(COMPLAINTS, sizeof *list);
        const int count = list ? coach_read(outcome.err, list, COMPLAINTS) : 0;
        bool progress = false;
        for (int i = 0; i < count; i++)
            progress = answer(&link, &list[i]) || progress;
        if (!progress)
            problems_add(build->problems, "", 0, "INFRA",
                         "The program cannot be linked, and not because of the submission "
                         "(%.300s): run `make build`, and see what it says.",
                         count > 0 ? list[0].message : outcome.text);
        free(list);
        outcome_free(&outcome);
        if (!progress)
            return false;
    }
}
