// SPDX-License-Identifier: MIT
//
// csv.h: tables as learning platforms export them, read and written back.
//
// Theory of operation. A platform takes its own file back only if everything but the grades is as
// it was. So every cell keeps its bytes as they stood (`raw`, quotes and all) beside its meaning
// (`text`), and writing joins the raw bytes again: what nobody touched comes out byte by byte.
// Separator (comma, semicolon, tab), line ends, byte order mark and UTF-16 (Blackboard's .xls) are
// found out at reading and kept. A cell that is set is quoted where it must be, and one that a
// spreadsheet would take for a formula gets a ' in front.

#ifndef TWOFOLD_GRADE_CSV_H
#define TWOFOLD_GRADE_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct csv_cell {
    char *text; // what it says
    char *raw;  // as it stands in the file
};

struct csv_row {
    size_t count;
    struct csv_cell *cell;
};

struct csv {
    char separator;
    const char *line_end;
    bool bom, utf16, last_ended; // last_ended: a line end stands behind the last row
    bool quote_all;              // every cell of the first row is quoted
    size_t count;
    struct csv_row *row;
};

// Reads a table from bytes, or a file. False: why says what is wrong, with the line.
bool csv_parse(struct csv *csv, const char *bytes, size_t size, char *why, size_t cap);
bool csv_read(struct csv *csv, const char *path, char *why, size_t cap);

// The text of a cell; "" where the row has none. Blanks around it are left out.
const char *csv_text(const struct csv *csv, size_t row, size_t column);
// The column of this name in the given row, whatever its case; -1: none.
int csv_column(const struct csv *csv, size_t row, const char *name);
// Sets a cell that is there, or lies behind the last one of its row.
void csv_set(struct csv *csv, size_t row, size_t column, const char *text);

// Writes the table. False: the file cannot be written (errno).
bool csv_write(const struct csv *csv, FILE *file);
void csv_free(struct csv *csv);

// Writes one cell of a table of our own: quoted where it must be, never a formula. number: it is
// one of ours and may begin with '-'.
void csv_put(FILE *file, const char *text, bool number);

#endif
