// SPDX-License-Identifier: MIT
//
// gradebook.h: the marks of a class as an SQLite database, for questions that no page answers. It is
// made anew from the journal by each call, may be thrown away, and is never read by the kit.
//
// Its schema is pinned by a test, and described in docs/instructor-guide.md. Points are NULL where
// the judge could not judge; times are UTC, "2026-11-20 22:59:00", NULL where nobody knows.

#ifndef TWOFOLD_GRADE_GRADEBOOK_H
#define TWOFOLD_GRADE_GRADEBOOK_H

#include "book.h"

// The number of the schema, in its table `about` and in PRAGMA user_version.
enum { GRADEBOOK_SCHEMA = 1 };

// Was the kit built with SQLite? Else nothing can be written.
bool gradebook_possible(void);
// Writes it to `path`, wholly or not at all. False: why.
bool gradebook_write(const struct book *book, const struct ledger *ledger, const char *path,
                     char *why, size_t cap);

#endif
