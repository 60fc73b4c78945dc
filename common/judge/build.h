// SPDX-License-Identifier: MIT
//
// build.h: what the two halves of compile_submission() share: compile.c makes objects, link.c a
// program of them.

#ifndef TWOFOLD_BUILD_H
#define TWOFOLD_BUILD_H

#include "coach.h"
#include "compile.h"

struct build {
    char root[PATH_MAX], dir[PATH_MAX]; // absolute: the compiler runs elsewhere
    const struct lab_entry *lab;
    char header[40];                                 // of the lab: heat.h
    char compile[2400], link[2400], libraries[2400]; // words between blanks, of compile.txt
    struct submission *submission;
    const struct compile_how *how;
    struct problems *problems;
};

// Adds the words of a line to a command.
void build_words(struct command *command, const char *words);
// Runs the command, in `dir`. False: the machine is at fault (INFRA), or it was over its time
// (BUILD for file `name`); problems says so.
bool build_run(const struct build *build, struct command *command, const char *dir,
               const char *name, struct outcome *outcome);
// Adds what a complaint says and means as a problem of the file `name`, whose clean copy is
// `path` ("": none).
void build_tell(const struct build *build, const struct complaint *complaint, const char *name,
                const char *path, const char *verdict);
// Links the objects of the files that are not .starter; see compile_submission().
bool build_link(const struct build *build, char *program, size_t cap);

#endif
