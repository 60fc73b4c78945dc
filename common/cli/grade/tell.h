// SPDX-License-Identifier: MIT
//
// tell.h: what the instructor reads in the terminal, and grades.csv.

#ifndef TWOFOLD_GRADE_TELL_H
#define TWOFOLD_GRADE_TELL_H

#include "book.h"
#include <stdio.h>

// What was found: students, attempts, submissions, and what could not be taken.
void tell_input(const struct course *course, const struct policy *policy);
// The class: a line a student, and a summary.
void tell_class(const struct book *book);
// What changed since the last call that came to its end, old -> new with the reason; keeps the new
// scores in the journal. False: why.
bool tell_changes(const struct book *book, struct ledger *ledger, bool again, char *why,
                  size_t cap);
// A line a student, as a table. False: the file cannot be written (errno).
bool tell_csv(const struct book *book, FILE *file);

#endif
