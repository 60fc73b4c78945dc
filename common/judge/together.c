// SPDX-License-Identifier: MIT
//
// together.c: the files of a submission are compiled side by side, for a student who waits. A shell
// starts a compiler a file and leaves what came of it in DIR; for mpi.c,
//
//     mpi.o        the object
//     mpi.said     the compiler's words
//     mpi.found    what symbols_script printed about the object
//     mpi.ended    "STATUS STATUS": of the compiler, and of the script
//
// A box has one report and one limit, so what it stops cannot be told of one file: then, and wherever
// anything is not as expected, nothing is concluded, and each file is compiled by itself.

#include "build.h"
#include "symbols.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST = 1 << 20 }; // bytes of a file that is read back

static const double patience = 5; // s for all

// Adds the shell and its script: DIR, the stems between blanks, the compiler and its words.
static void add_shell(const struct build *build, struct command *command) {
    static const char *const script =
        "look() { %s; }\n"
        "dir=$1 names=$2\n"
        "shift 2\n"
        "for name in $names; do\n"
        "    {\n"
        "        made=0 looked=0\n"
        "        \"$@\" \"$name.c\" -o \"$dir/$name.o\" 2>\"$dir/$name.said\" || made=$?\n"
        "        look \"$dir/$name.o\" >\"$dir/$name.found\" || looked=$?\n"
        "        echo $made $looked >\"$dir/$name.ended\"\n"
        "    } &\n"
        "done\n"
        "wait\n";
    char names[FILES_MAX * sizeof build->submission->file->name] = "";
    size_t length = 0;
    for (int i = 0; i < build->submission->count; i++)
        if (!build->submission->file[i].starter)
            length += (size_t)snprintf(names + length, sizeof names - length, "%.*s ",
                                       (int)strlen(build->submission->file[i].name) - 2,
                                       build->submission->file[i].name);
    command_add(command, "sh");
    command_add(command, "-c");
    // What was looked at before is not looked at again.
    command_add(command, script, build->how->flags ? ":" : symbols_script);
    command_add(command, "sh");
    command_add(command, "%s", build->dir);
    command_add(command, "%s", names);
    build_object_words(build, command);
}

static void name_file(const struct build *build, int i, const char *ending, char *path,
                      size_t cap) {
    const char *const name = build->submission->file[i].name;
    snprintf(path, cap, "%s/%.*s.%s", build->dir, (int)strlen(name) - 2, name, ending);
}

// The file's text; the caller frees it. NULL: it is not there, or more than anyone reads.
static char *read_back(const struct build *build, int i, const char *ending) {
    char path[PATH_MAX + 48];
    name_file(build, i, ending, path, sizeof path);
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    FILE *const file = fd >= 0 ? fdopen(fd, "r") : NULL;
    char *text = file ? malloc(MOST + 1) : NULL;
    const size_t size = text ? fread(text, 1, MOST + 1, file) : 0;
    if (file)
        fclose(file);
    else if (fd >= 0)
        close(fd);
    if (text && size <= MOST && !memchr(text, 0, size)) {
        text[size] = 0;
        return text;
    }
    free(text);
    return NULL;
}

// Reads what came of file i. False: it did not go as it should.
static bool read_made(const struct build *build, int i, struct made *made) {
    int looked = 0;
    char *const ended = read_back(build, i, "ended");
    const bool told = ended && sscanf(ended, "%d %d", &made->status, &looked) == 2;
    free(ended);
    made->err = read_back(build, i, "said");
    made->found = read_back(build, i, "found");
    // 126 and more: it is the compiler that could not be run, or was ended.
    return told && made->err && made->status < 126 &&
           (made->status != 0 || (made->found && looked == 0)) &&
           !strstr(made->err, "No space left on device");
}

bool build_together(const struct build *build, struct made made[FILES_MAX]) {
    static const char *const endings[] = {"o", "said", "found", "ended"};
    struct command command = {0};
    struct outcome outcome;
    char path[PATH_MAX + 48];
    int files = 0;
    for (int i = 0; i < build->submission->count; i++) {
        files += !build->submission->file[i].starter;
        for (size_t e = 0; e < sizeof endings / sizeof *endings; e++) {
            name_file(build, i, endings[e], path, sizeof path);
            remove(path);
        }
    }
    if (files < 2)
        return false;
    add_shell(build, &command);
    build_start(build, &command, build->submission->dir, patience, &outcome);
    bool good = outcome.started && outcome.status == 0 && !outcome.over_time && !outcome.verdict;
    for (int i = 0; i < build->submission->count && good; i++)
        good = build->submission->file[i].starter || read_made(build, i, &made[i]);
    outcome_free(&outcome);
    command_free(&command);
    return good;
}

void build_made_free(struct made made[FILES_MAX]) {
    for (int i = 0; i < FILES_MAX; i++) {
        free(made[i].err);
        free(made[i].found);
    }
}
