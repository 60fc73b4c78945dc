// SPDX-License-Identifier: MIT
//
// cells.h: the columns of a lab's table, the same on the terminal and in the page.

#ifndef TWOFOLD_CELLS_H
#define TWOFOLD_CELLS_H

#include "report.h"

enum column {
    COLUMN_VERSION,
    COLUMN_WORKERS,
    COLUMN_TIME,
    COLUMN_SPREAD,
    COLUMN_NODES,
    COLUMN_SPEEDUP,
    COLUMN_EFFICIENCY,
    COLUMN_BUSY,
    COLUMN_MEMORY,
    COLUMN_MESSAGES,
    COLUMN_COLLECTIVES,
    COLUMN_BYTES,
    COLUMN_IDEAL,
    COLUMN_COUNT
};

struct column_about {
    const char *head; // may have two lines
    char align;       // 'l' or 'r'
    const char *what; // one sentence for a reader
};
extern const struct column_about column_about[COLUMN_COUNT];

enum { CELL_CAP = 40 };

// The text of a cell; "-" where the row has no such number.
const char *cell_text(const struct part *part, const struct row *row, enum column column,
                      char text[CELL_CAP]);
// Does any row have something there?
bool column_used(const struct part *part, enum column column);
// "WRONG", "TODO", "FAILED", "not timed"; "" for a row that was timed.
const char *state_word(enum state state);
// What bounds the lab, in words: "computing".
const char *bound_word(const char *bound);

#endif
