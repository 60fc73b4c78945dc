// SPDX-License-Identifier: MIT
//
// hints.h: reads hints.txt: for each likely failure of a check a ladder of three hints, from a
// question to nearly the code. The file is written by teachers; its form stands at the top of
// labs/hints.txt:
//
//     [mpi-* HANG|DEADLOCK]                    which checks, which verdicts
//     Who sends first, and who receives then?
//     --
//     Look at ...
//     --
//         MPI_Irecv(...);
//
// `[mpi-equal WRONG: not a number]` is for failures of which the judge said "not a number" only;
// several such words stand with '|' between them.

#ifndef TWOFOLD_HINTS_H
#define TWOFOLD_HINTS_H

#include <stdbool.h>
#include <stddef.h>

enum { HINTS = 3 };

struct ladder {
    char *checks, *verdicts; // patterns as of fnmatch(3), alternatives separated by '|'
    char *said;              // words, one of which the judge must have said; empty: any
    char *hint[HINTS];       // paragraphs, each line ended by a newline
    int line;                // of the file, where it begins
};

// All zero: none.
struct hints {
    int count;
    struct ladder *at;
};

// Adds the ladders of the file to hints. False: it cannot be read, or is not well formed; text
// names the file, the line and what is wrong there, and hints holds what was read before.
bool hints_read(const char *path, struct hints *hints, char *text, size_t cap);

// The first ladder for this check and verdict that waits for words which were said, else the first
// that waits for none; said: what the judge said of it (NULL: nothing).
// NULL: there is none.
const struct ladder *hints_find(const struct hints *hints, const char *check, const char *verdict,
                                const char *said);

void hints_free(struct hints *hints);

#endif
