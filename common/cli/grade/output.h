// SPDX-License-Identifier: MIT
//
// output.h: all files that a call of grade leaves, from the marks of the class.

#ifndef TWOFOLD_GRADE_OUTPUT_H
#define TWOFOLD_GRADE_OUTPUT_H

#include "book.h"

// What the instructor asks for beside grades.csv and the pages.
struct wanted {
    const char *exports;                      // "gradescope,junit", "all"; NULL none
    const char *canvas, *moodle, *blackboard; // the platform's own file; NULL
    const char *column;                       // of that file; NULL: found out
};

// Is all of that known and readable? Before anything is judged. False: why.
bool output_check(const struct wanted *wanted, char *why, size_t cap);
// Writes everything below `dir` and says what; the ledger has what the scores were before. False: why.
bool output_write(const struct book *book, const struct ledger *ledger, const struct wanted *wanted,
                  const char *dir, char *why, size_t cap);

#endif
