// SPDX-License-Identifier: MIT
//
// explain.c: says of a wrong picture where it is wrong, what stands there instead, and asks what
// leads to the cause. Each function below knows one kind of mistake; the first that recognises
// its own speaks. The order matters: the plainest signs come first.

#include "explain.h"

#include "kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct pictures {
    const unsigned char *got, *want; // n * n counts each; got may hold anything
    int n;
    uint32_t iterations;
    int workers;     // that made got:
    bool ranks;      // ranks, else threads
    int row, column; // the first pixel that differs, by rows
};

static uint32_t count_at(const struct pictures *p, const unsigned char *picture, int row,
                         int column) {
    uint32_t count;
    size_t pixel = (size_t)row * (size_t)p->n + (size_t)column;
    memcpy(&count, picture + pixel * sizeof count, sizeof count);
    return count;
}

static uint32_t got(const struct pictures *p, int row, int column) {
    return count_at(p, p->got, row, column);
}

static uint32_t want(const struct pictures *p, int row, int column) {
    return count_at(p, p->want, row, column);
}

// Is row `row` of got what belongs in row `other`?
static bool holds(const struct pictures *p, int row, int other) {
    size_t bytes = (size_t)p->n * sizeof(uint32_t);
    return memcmp(p->got + (size_t)row * bytes, p->want + (size_t)other * bytes, bytes) == 0;
}

static bool row_missing(const struct pictures *p, int row) {
    for (int column = 0; column < p->n; column++)
        if (got(p, row, column) != NEVER)
            return false;
    return true;
}

// -- one kind of mistake each ------------------------------------------------------------------------

// The whole picture, but turned.
static bool turned(const struct pictures *p, char *text, size_t cap) {
    bool transposed = true, mirrored = true, upside_down = true;
    for (int row = 0; row < p->n && (transposed || mirrored || upside_down); row++) {
        upside_down = upside_down && holds(p, row, p->n - 1 - row);
        for (int column = 0; column < p->n && (transposed || mirrored); column++) {
            uint32_t here = got(p, row, column);
            transposed = transposed && here == want(p, column, row);
            mirrored = mirrored && here == want(p, row, p->n - 1 - column);
        }
    }
    if (transposed)
        snprintf(text, cap,
                 "The picture is transposed: row %d stands in column %d. Row r begins at "
                 "count + r * n; are rows and columns exchanged somewhere?",
                 p->row, p->row);
    else if (upside_down)
        snprintf(text, cap,
                 "The picture is upside down: row 0 stands in row %d. Are the rows stored from "
                 "the last to the first?",
                 p->n - 1);
    else if (mirrored)
        snprintf(text, cap,
                 "The picture is mirrored: column 0 stands in column %d. Are the pixels of a row "
                 "stored from the last to the first?",
                 p->n - 1);
    return transposed || upside_down || mirrored;
}

// Asks how a row came to stand in another's place.
static const char *misplaced(const struct pictures *p) {
    return p->ranks ? "Rows come back in any order: does the message say which row it carries, is "
                      "the row stored by that number, and is a buffer used again before it is?"
                    : "Do the threads share a row variable or a buffer? What is declared outside "
                      "the parallel loop is shared by all of them.";
}

// Rows that nobody wrote: which they are tells whose they were.
static bool missing_rows(const struct pictures *p, char *text, size_t cap) {
    const int first = p->row, n = p->n;
    if (!row_missing(p, first))
        return false;
    int astray = 0;           // rows that are wrong, but were written
    int missing = 0, run = 0; // how many; how many of them follow each other from the first on
    int dealt_round = 0;      // how many are at a distance of 0, 1, 2 ... times workers from it
    for (int row = first; row < n; row++) {
        if (!row_missing(p, row)) {
            astray += !holds(p, row, row);
            continue;
        }
        missing++;
        run += row == first + run;
        dealt_round += (row - first) % p->workers == 0;
    }
    const char *worker = p->ranks ? "rank" : "thread";
    const char *where = p->ranks ? "m->count of rank 0" : "m->count";
    const int end = first + run, owner = block_owner(n, p->workers, first);
    const struct range block = block_range(n, p->workers, owner);
    int stands = n - 1; // the wrong row in which the first missing one stands; 0: none
    while (stands > 0 && (!holds(p, stands, first) || holds(p, stands, stands)))
        stands--;
    char which[64];
    snprintf(which, sizeof which, run > 1 ? "Rows %d to %d were" : "Row %d was", first, end - 1);

    if (missing == n)
        snprintf(text, cap, "No row was ever written. Are finished rows stored in %s?", where);
    else if (stands > 0)
        snprintf(text, cap, "Row %d was never written: what belongs there stands in row %d. %s",
                 first, stands, misplaced(p));
    else if (astray > 0)
        snprintf(text, cap,
                 "%d of the %d rows were never written, the first is row %d; %d more are wrong. %s",
                 missing, n, first, astray, misplaced(p));
    else if (missing == run && block.lo == first && block.hi == end)
        snprintf(text, cap,
                 "%s never written, all others were: the block of %s %d, where n = %d rows are "
                 "cut into %d blocks. Does what it computes reach %s?",
                 which, worker, owner, n, p->workers, where);
    else if (missing == run && end == n && run == n % p->workers)
        snprintf(text, cap,
                 "%s never written, the last of n = %d. Over %d workers, %d rows leave a rest of "
                 "%d: who computes it? Or does the loop end too early?",
                 which, n, p->workers, n, run);
    else if (missing == run && end == n)
        snprintf(text, cap,
                 "%s never written, the last of n = %d. Does the loop end at row n - 1, and when "
                 "no row is left to deal, are those still out waited for?",
                 which, n);
    else if (missing == run && first == 0)
        snprintf(text, cap, "%s never written, the first of n = %d. Does the loop begin at row 0?",
                 which, n);
    else if (first < p->workers && p->workers > 1 && missing == dealt_round && missing > 1 &&
             missing == cyclic_count(n, p->workers, first))
        snprintf(text, cap,
                 "Rows %d, %d and so on in steps of %d were never written: the share of %s %d, "
                 "where rows are dealt round. Does what it computes reach %s?",
                 first, first + p->workers, p->workers, worker, first, where);
    else
        snprintf(text, cap,
                 "%d of the %d rows were never written; the first is row %d. Is each row that is "
                 "dealt out also stored, even when none is left to deal?",
                 missing, n, first);
    return true;
}

// The first wrong row is right, but in the wrong place.
static bool row_of_another(const struct pictures *p, char *text, size_t cap) {
    const int row = p->row, n = p->n;
    int other = -1;
    for (int away = 1; away < n && other < 0 && n > 1; away++) // the nearest such row
        for (int side = away; side >= -away && other < 0; side -= 2 * away)
            if (row + side >= 0 && row + side < n && holds(p, row, row + side))
                other = row + side;
    if (other < 0)
        return false;
    int wrong = 0, moved = 0; // rows that are wrong; of them, moved by the same distance
    for (int r = row; r < n; r++) {
        int from = r + other - row;
        if (holds(p, r, r))
            continue;
        wrong++;
        moved += from >= 0 && from < n && holds(p, r, from);
    }
    if (moved > 1 && moved + 1 >= wrong)
        snprintf(text, cap,
                 "Row %d holds what belongs in row %d, and the wrong rows after it are off by %d "
                 "row%s too. Does each share begin where the one before it ends?",
                 row, other, abs(other - row), abs(other - row) == 1 ? "" : "s");
    else
        snprintf(text, cap, "Row %d holds what belongs in row %d%s; %d row%s wrong. %s", row, other,
                 holds(p, other, other) ? ", which stands in its own place as well" : "", wrong,
                 wrong == 1 ? " is" : "s are", misplaced(p));
    return true;
}

// A gap in the first wrong row.
static bool missing_piece(const struct pictures *p, char *text, size_t cap) {
    int lo = p->column, hi;
    while (lo < p->n && got(p, p->row, lo) != NEVER)
        lo++;
    for (hi = lo; hi < p->n && got(p, p->row, hi) == NEVER;)
        hi++;
    if (lo == p->n)
        return false;
    char which[64];
    snprintf(which, sizeof which, hi - lo > 1 ? "columns %d to %d were" : "column %d was", lo,
             hi - 1);
    if (lo == p->column)
        snprintf(text, cap,
                 "Row %d: %s never written. Does each piece of a row begin where the one before "
                 "it ends, and the last one end at column n = %d?",
                 p->row, which, p->n);
    else
        snprintf(text, cap,
                 "Row %d: %s never written, and from column %d on stands what belongs elsewhere. "
                 "mandelbrot_piece puts column lo into count[0]: is each piece stored at its place "
                 "in the row?",
                 p->row, which, p->column);
    return true;
}

// The first wrong row is a mixture of two rows.
static bool mixed_rows(const struct pictures *p, char *text, size_t cap) {
    for (int other = 0; other < p->n; other++) {
        int foreign = 0;
        bool fits = true, plain = true; // plain: the foreign pixels are all the same
        for (int column = p->column; column < p->n && fits; column++) {
            uint32_t here = got(p, p->row, column);
            if (here == want(p, p->row, column))
                continue;
            foreign++;
            fits = here == want(p, other, column);
            plain = plain && here == got(p, p->row, p->column);
        }
        if (!fits || plain || foreign < 4)
            continue;
        snprintf(text, cap,
                 "Row %d is mixed: %d of its pixels, the first in column %d, belong in row %d. %s",
                 p->row, foreign, p->column, other,
                 p->ranks ? "Is a buffer written again before the row in it was sent or stored?"
                          : "Do two threads write to one buffer? One that is declared outside the "
                            "parallel loop is shared by all of them.");
        return true;
    }
    return false;
}

// The first wrong row, or its end, is moved along itself.
static bool moved_columns(const struct pictures *p, char *text, size_t cap) {
    const int n = p->n, from = p->column;
    for (int by = 1; by <= n / 2; by++) {
        bool right = from >= by, left = true; // where the pixels stand, seen from their places
        bool plain = true;                    // they are all the same: a chance, no sign
        for (int column = from; column < n && (right || left); column++) {
            uint32_t here = got(p, p->row, column);
            right = right && here == want(p, p->row, column - by);
            left = left && (column + by >= n || here == want(p, p->row, column + by));
            plain = plain && here == got(p, p->row, from);
        }
        if ((!right && !left) || plain || n - by - from < 4)
            continue;
        snprintf(text, cap,
                 "Row %d, from column %d on, stands %d column%s too far %s. Which column is "
                 "count[0]? For mandelbrot_row it is column 0; for mandelbrot_piece it is lo.",
                 p->row, from, by, by == 1 ? "" : "s", right ? "right" : "left");
        return true;
    }
    return false;
}

// What stands there cannot be a count.
static bool not_a_count(const struct pictures *p, char *text, size_t cap) {
    uint32_t here = got(p, p->row, p->column);
    if (here >= 1 && here <= p->iterations)
        return false;
    snprintf(text, cap,
             "Row %d, column %d holds %u, which is no count: counts go from 1 to %u. Is a buffer "
             "sent or stored before a row was computed into it?",
             p->row, p->column, here, p->iterations);
    return true;
}

// Plain wrong counts.
static bool wrong_counts(const struct pictures *p, char *text, size_t cap) {
    double pixels = 0; // as a number for %.0f: there may be more than an int holds
    int rows = 0;
    bool one_more = true, one_less = true;
    for (int row = p->row; row < p->n; row++) {
        if (holds(p, row, row))
            continue;
        rows++;
        for (int column = 0; column < p->n; column++) {
            uint32_t here = got(p, row, column), right = want(p, row, column);
            pixels += here != right;
            one_more = one_more && (here == right || here == right + 1);
            one_less = one_less && (here == right || here + 1 == right);
        }
    }
    int used = snprintf(text, cap, "Row %d, column %d: count %u, but serial counts %u", p->row,
                        p->column, got(p, p->row, p->column), want(p, p->row, p->column));
    size_t at = used > 0 && (size_t)used < cap ? (size_t)used : cap;
    if (pixels > 1)
        used = snprintf(text + at, cap - at, "; %.0f pixels in %d row%s differ", pixels, rows,
                        rows == 1 ? "" : "s");
    else
        used = snprintf(text + at, cap - at, "; no other pixel differs");
    at += used > 0 && (size_t)used < cap - at ? (size_t)used : cap - at;
    if (pixels > 1 && (one_more || one_less))
        snprintf(text + at, cap - at,
                 ", each by one %s. Is the step that leads outside counted, once, as "
                 "mandelbrot_row does?",
                 one_more ? "more" : "less");
    else
        snprintf(text + at, cap - at,
                 ". Is every pixel computed by mandelbrot_row or mandelbrot_piece, from m as it "
                 "was given, and written by one worker alone?");
    return true;
}

// ----------------------------------------------------------------------------------------------------

enum same mandelbrot_explain(const struct mandelbrot *m, bool ranks, int workers,
                             const void *got_bytes, const void *want_bytes, size_t size, char *text,
                             size_t cap) {
    static bool (*const kinds[])(const struct pictures *, char *, size_t) = {
        turned,        missing_rows, row_of_another, moved_columns,
        missing_piece, mixed_rows,   not_a_count,    wrong_counts};
    struct pictures p = {.got = got_bytes,
                         .want = want_bytes,
                         .n = m->n,
                         .iterations = (uint32_t)m->iterations,
                         .workers = workers,
                         .ranks = ranks};
    text[0] = '\0';
    if (size == 0 || memcmp(got_bytes, want_bytes, size) == 0)
        return SAME;
    if (size != (size_t)p.n * (size_t)p.n * sizeof(uint32_t)) {
        snprintf(text, cap, "The result has %zu bytes; a picture of n = %d has %zu.", size, p.n,
                 (size_t)p.n * (size_t)p.n * sizeof(uint32_t));
        return WRONG;
    }
    while (holds(&p, p.row, p.row))
        p.row++;
    while (got(&p, p.row, p.column) == want(&p, p.row, p.column))
        p.column++;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i](&p, text, cap))
            break;
    return WRONG;
}
