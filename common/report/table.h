// SPDX-License-Identifier: MIT
//
// table.h: columns that stand under one another on a terminal, and sentences wrapped to its width.

#ifndef TWOFOLD_TABLE_H
#define TWOFOLD_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

// How a cell stands out, where colours may be used.
enum tone { PLAIN, BOLD, DIM, GOOD, BAD };

enum { COLUMNS_MAX = 16, TABLE_WIDTH = 100 };

struct cell {
    char text[64];
    enum tone tone;
};

// A column in which every cell is "-" or empty is left out.
struct table {
    int columns;
    const char *heads[COLUMNS_MAX]; // may have two lines: "of\nideal"
    bool left[COLUMNS_MAX];         // else aligned right
    int rows, room;
    struct cell *cells; // rows * columns
    char **notes;       // one a row, NULL: none; stands in a line of its own under the row
    bool colour;
};

// Columns seen on a terminal by text (UTF-8): combining marks take none, wide characters two.
int text_width(const char *text);

// May the file be given colours? A terminal that can show them, and NO_COLOR is not set.
bool may_colour(FILE *file);
// Writes text in this tone.
void put_tone(FILE *file, bool colour, enum tone tone, const char *text);
// Writes text broken at spaces so that no line is wider than `width`. `at` columns of the first
// line are taken already; every other line starts with `indent` spaces.
void put_wrapped(FILE *file, const char *text, int at, int indent, int width);

// heads: one a column; align: 'l' or 'r' for each.
void table_begin(struct table *table, int columns, const char *const *heads, const char *align);
// A new row of empty cells; its number.
int table_row(struct table *table);
void table_set(struct table *table, int row, int column, enum tone tone, const char *text);
void table_note(struct table *table, int row, const char *text);
void table_print(const struct table *table, FILE *file, int indent);
void table_free(struct table *table);

#endif
