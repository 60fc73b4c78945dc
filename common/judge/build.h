// SPDX-License-Identifier: MIT
//
// build.h: what the parts of compile_submission() share: compile.c makes objects, together.c all of
// them at once, link.c a program of them.

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
// Adds the compiler and its words for any file, all but its name and the object's.
void build_object_words(const struct build *build, struct command *command);
// Runs the command, in `dir`, under the limits of a compiler and in the coach's language.
void build_start(const struct build *build, const struct command *command, const char *dir,
                 double seconds, struct outcome *outcome);
// The same, and looks at what came of it. False: the machine is at fault (INFRA), or it was over
// its time (BUILD for file `name`); problems says so.
bool build_run(const struct build *build, struct command *command, const char *dir,
               const char *name, struct outcome *outcome);

// What came of one file of those that were compiled together.
struct made {
    int status;  // of the compiler
    char *err;   // what it said
    char *found; // what symbols_script printed about the object
};
// Compiles all files of the submission side by side, in one box. False: there are not two, or not
// all of it went as it should, and each is to be compiled by itself, which tells why.
bool build_together(const struct build *build, struct made made[FILES_MAX]);
void build_made_free(struct made made[FILES_MAX]);

// Adds what a complaint says and means as a problem of the file `name`, whose clean copy is
// `path` ("": none).
void build_tell(const struct build *build, const struct complaint *complaint, const char *name,
                const char *path, const char *verdict);
// Links the objects of the files that are not .starter; see compile_submission().
bool build_link(const struct build *build, char *program, size_t cap);

#endif
