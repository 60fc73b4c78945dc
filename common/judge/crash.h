// SPDX-License-Identifier: MIT
//
// crash.h: reads what a lab program said when a signal or an error of MPI ended it
// (--last-words FILE; what stands in the file is told in kit/lastwords.h), and finds the lines of
// source that it means.

#ifndef TWOFOLD_CRASH_H
#define TWOFOLD_CRASH_H

#include "process.h"
#include <stdbool.h>
#include <stddef.h>

enum { CRASH_CAP = 1024, PLACES_MAX = 32 };

// Takes the first whole line of the file, which a stranger's program may have written: only of a
// plain file, and no more than cap. False: there is none.
bool crash_take(const char *path, char *line, size_t cap);

struct crash {
    int rank, signal;         // signal: 0: MPI ended it
    char call[64], text[300]; // MPI_Recv, "MPI_ERR_TRUNCATE: message truncated"
    char at[CRASH_CAP];       // addresses
};

// False: the line is none.
bool crash_read(const char *line, struct crash *crash);

struct place {
    char function[64]; // "heat_mpi"; "" not known
    char file[256];    // as the compiler wrote it; "" not known
    int line;
};

// The places of `at` in the program, the innermost first; a function that was inlined has a place of
// its own. A stranger made the program, so whoever confines it starts what reads it, too (run, user;
// NULL: process_run). Returns how many, at most max; 0 where they cannot be told: addr2line (binutils) is not
// there, or the program was built without -g.
int crash_places(const char *program, const struct crash *crash, starter *run, void *user,
                 struct place *places, int max);

#endif
