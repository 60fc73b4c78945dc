// SPDX-License-Identifier: MIT
//
// submission.h: takes the files of one student for one lab, and nothing else of their directory.
//
// Theory of operation. Which files belong to a lab is known before the directory is looked at:
// those that its solution has, else one a version. Each is opened by name, without following a
// symbolic link and without waiting (a FIFO would never open), and read only if it is a regular
// file of at most FILE_CAP bytes. What is read is cleaned (line ends of Windows, a byte order mark)
// and written to a private directory, which is what is compiled: the student's directory is not
// looked at again, so their Makefile, objects and headers play no part, and a file that changes
// meanwhile changes nothing. In place of a file that is missing or cannot be taken the compile step
// puts a stand-in that is "not written yet", as a starter is, so that the other files can be judged;
// the file of the same name in labs/ is not taken, for it may be somebody's answer. The digest is of the clean files: the same answer saved
// under Windows is the same submission.

#ifndef TWOFOLD_SUBMISSION_H
#define TWOFOLD_SUBMISSION_H

#include "labs.h"
#include "problems.h"
#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

enum { FILES_MAX = 16, FILE_CAP = 1 << 20 };

struct submission_file {
    char name[32];       // mpi.c
    char path[PATH_MAX]; // the clean copy, DIR/mpi.c
    size_t size;         // of the clean copy, bytes
    bool starter;        // not the student's: a stand-in, not written yet
};

struct submission {
    char from[PATH_MAX]; // the directory that the files are from, as given
    char dir[PATH_MAX];  // of the clean copies
    int count;
    struct submission_file file[FILES_MAX];
    char sha[72]; // "sha256:..." of names and contents of the clean files
};

// The names of the files that a student writes for this lab: those of HOME/solutions/NN-name/*.c,
// or, where that directory is not handed out, VERSION.c of each version that is not given, if
// labs/NN-name has it. In alphabetical order; returns how many.
int submission_names(const struct lab_entry *lab, const struct lab_about *about,
                     char names[FILES_MAX][32]);

// Takes the files `names` (count of them) from the directory `from` into the directory `into`,
// which exists and is private. Says in `problems` what was changed, refused or missing (a note:
// its verdict is the TODO of the stand-in). False: nothing can be judged, since `from` is no
// directory that can be read, or `into` cannot be written (verdict INFRA); problems says so.
bool submission_take(const char *from, int count, char names[][32], const char *into,
                     struct submission *submission, struct problems *problems);

#endif
