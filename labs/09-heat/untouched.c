// SPDX-License-Identifier: MIT
// untouched.c: compares rectangles of a result with what was there before.

#include "untouched.h"

// Is all of u's rectangle as it was? Sets zeros.
static bool as_it_was(struct untouched *u, const struct plate *plate, const double *got) {
    bool first = true, zeros = true;
    for (long row = u->rows.lo; row < u->rows.hi && (first || zeros); row++)
        for (long col = u->cols.lo; col < u->cols.hi && (first || zeros); col++) {
            double cell = got[row * plate->n + col];
            zeros = zeros && cell == 0;
            first = first && cell == plate_start(plate, (int)row, (int)col);
        }
    u->zeros = zeros;
    return first || zeros;
}

// A line without its ends: they lie in lines across it too, which may have been computed.
static struct range inside(struct range line) {
    return line.hi - line.lo > 4 ? (struct range){line.lo + 1, line.hi - 1} : line;
}

static struct untouched in_part(const struct plate *plate, const struct cut *cut, int part,
                                const double *got) {
    struct range rows, cols;
    cut_block(cut, part, &rows, &cols);
    struct untouched u = {.what = PART, .part = part, .rows = rows, .cols = cols};
    if (rows.lo == rows.hi)
        return (struct untouched){.what = NOTHING};
    if (as_it_was(&u, plate, got))
        return u;
    u.what = ROW;
    u.cols = inside(cols);
    for (long row = rows.lo; row < rows.hi; row++) {
        u.rows = (struct range){row, row + 1};
        if (as_it_was(&u, plate, got))
            return u;
    }
    u.what = COLUMN;
    u.rows = inside(rows);
    for (long col = cols.lo; col < cols.hi; col++) {
        u.cols = (struct range){col, col + 1};
        if (as_it_was(&u, plate, got))
            return u;
    }
    return (struct untouched){.what = NOTHING};
}

struct untouched untouched_find(const struct plate *plate, const struct cut *cut,
                                const double *got) {
    struct untouched u = {.what = PLATE, .rows = {0, plate->n}, .cols = {0, plate->n}};
    if (as_it_was(&u, plate, got))
        return u;
    u.what = NOTHING;
    for (int part = 0; u.what == NOTHING && part < cut->down * cut->across; part++)
        u = in_part(plate, cut, part, got);
    return u;
}
