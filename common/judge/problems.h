// SPDX-License-Identifier: MIT
//
// problems.h: what was found wrong with the files of a submission before anything ran: a list, in
// the order found, filled by submission_take() and compile_submission().

#ifndef TWOFOLD_PROBLEMS_H
#define TWOFOLD_PROBLEMS_H

#include <stdbool.h>

enum { PROBLEMS_MAX = 64 };

struct problem {
    char file[32];    // mpi.c; "": the whole submission
    int line, column; // 1 is the first; 0: no place
    char verdict[12]; // BUILD, FORBIDDEN, INFRA: the file was left out; "": a note, costs nothing
    char said[512];   // the compiler's own words: "error: ..."; "": it said nothing
    char source[160]; // that line of the source, without blanks around it; "" where there is none
    char text[768];   // what it means and what to do, in sentences; "": nothing beyond `said`
};

struct problems {
    int count;
    bool more; // there were more than fit
    struct problem at[PROBLEMS_MAX];
};

// Adds a problem with the sentence in printf's form; returns it, to fill in more. Where the list is
// full, a note is dropped, and a verdict takes the last place.
struct problem *problems_add(struct problems *problems, const char *file, int line,
                             const char *verdict, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

// The first problem with a verdict of this file (or of the whole submission); NULL: none, its
// versions can be judged.
const struct problem *problems_of(const struct problems *problems, const char *file);

#endif
