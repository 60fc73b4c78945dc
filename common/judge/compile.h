// SPDX-License-Identifier: MIT
//
// compile.h: makes a program of a submission, with the same words to the compiler as `make build`.
//
// Theory of operation. The Makefile leaves its command lines in build/lib/compile.txt. Each file is
// compiled to an object of its own, where its clean copy stands, so that the compiler calls it
// mpi.c as the student does, all of them at once where nothing is amiss (together.c); its words go
// through the coach (coach.h). What the object defines is looked at (symbols.h). The objects, the
// lab's own (build/obj/labs/NAME, made by make) and the kit are linked. An object that was refused,
// or of which the linker complains, is left out, and the functions that the lab then lacks get a
// stand-in that calls todo(), as a starter does: so a mistake in mpi.c costs the versions of mpi.c
// alone.

#ifndef TWOFOLD_COMPILE_H
#define TWOFOLD_COMPILE_H

#include "labs.h"
#include "problems.h"
#include "process.h"
#include "submission.h"

// How the compiler is started. All zero: process_run() under limits of prlimit, 20 s a file.
struct compile_how {
    double seconds; // a file may take; 0: 20
    // Starts a command in a box of its own, as process_run() would; NULL: process_run.
    starter *run;
    void *user;
    // A program made in another way, of files that were looked at before (a race lane's): more words
    // for each file and for linking, and a further object. The lab's own files are taken from
    // build/obj/OBJECTS/NAME, or compiled so, too, where they are not there. NULL: none.
    const char *flags, *objects, *object;
};

// Makes DIR/NAME (the objects are left in DIR, too) and writes its path to `program`. Adds what the
// compiler, the linker and the objects say to problems: BUILD or FORBIDDEN a file, and notes. Files
// that could not be used get .starter = true in the submission.
// False: there is no program, which is the kit's fault or the machine's, never the student's: a
// problem with the verdict INFRA says what is missing.
bool compile_submission(const char *root, const struct lab_entry *lab,
                        struct submission *submission, const char *dir,
                        const struct compile_how *how, struct problems *problems, char *program,
                        size_t cap);

#endif
