// SPDX-License-Identifier: MIT
//
// source.h: looks into a student's source file.

#ifndef TWOFOLD_SOURCE_H
#define TWOFOLD_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

// Line number `line` without the blanks around it; "" where there is none.
void source_line(const char *path, int line, char *text, size_t cap);

// The first line that holds the name as a word, before a comment begins on it; with `call` true the
// first one that calls it. 0: none. text: that line, without the blanks around it.
int source_find(const char *path, const char *name, bool call, char *text, size_t cap);

#endif
