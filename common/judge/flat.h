// SPDX-License-Identifier: MIT
//
// flat.h: reads the one-line JSON objects that the kit writes (--json, --describe). Values are
// numbers, texts, true, false, null, or one object of texts ("params"), which is read with
// flat_object. Not a general reader: a line the kit did not write may be answered with false.

#ifndef TWOFOLD_FLAT_H
#define TWOFOLD_FLAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

// Each finds the member `name` of the object on `line` (members of inner objects are not found)
// and writes its value. False, and nothing written: no such member, or of another kind (null, too).

// Escapes are resolved, code points written as UTF-8. A longer text is cut at cap, between
// characters.
bool flat_text(const char *line, const char *name, char *text, size_t cap);
bool flat_number(const char *line, const char *name, double *number);
bool flat_bool(const char *line, const char *name, bool *yes);
// The member as written, braces and all: itself a line for these functions.
bool flat_object(const char *line, const char *name, char *text, size_t cap);
// The next member of an object of texts; *at starts at 0. False: no more.
bool flat_next(const char *object, size_t *at, char *name, size_t name_cap, char *text,
               size_t text_cap);

// Writes text as a JSON string, quotes and all.
void flat_print(FILE *file, const char *text);

#endif
