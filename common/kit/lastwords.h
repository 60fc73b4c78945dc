// SPDX-License-Identifier: MIT
//
// lastwords.h: what a process says when a signal or an error of MPI ends it: which of them, and
// where in the program.
//
// Theory of operation. The judge, or `twofold run`, names a file (--last-words FILE), and each rank
// adds at most one line to it, with one write. A file, since what a rank prints in its last moment
// is often lost on its way through mpirun. A signal's handler may call next to nothing, so it writes
// bare addresses, and whoever reads the file turns them into lines of source (judge/crash.h):
//
//     {"v":1,"kind":"crash","rank":2,"signal":11,"call":"","text":"","at":"0x1a2b 0x1c00"}
//     {"v":1,"kind":"crash","rank":0,"signal":0,"call":"MPI_Recv","text":"MPI_ERR_TRUNCATE: ..",
//      "at":"0x1a2b"}
//
// at: places in the program's own code as its file numbers them, the innermost first; of a call the
// place of the call. Without the option nothing is changed: signals and MPI do what they always do.
// A thread of a team has no stack of its own to handle an overflow of its stack: then there are no
// last words.

#ifndef TWOFOLD_LASTWORDS_H
#define TWOFOLD_LASTWORDS_H

#include <stdbool.h>

// From now on this process leaves last words in the file, of signals and, if it was started, of MPI.
// False: refused.
bool last_words_begin(const char *path);
// MPI was started later: errors on all communicators made from now on count, if last words are
// wanted. False: refused.
bool last_words_of_mpi(void);

#endif
