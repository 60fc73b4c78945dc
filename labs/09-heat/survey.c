// SPDX-License-Identifier: MIT
// survey.c: one look at every cell.

#include "survey.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const struct side sides[4] = {
    {-1, 0, "first row", "last row", "upper neighbour", "row 0"},
    {1, 0, "last row", "first row", "lower neighbour", "row h->rows + 1"},
    {0, -1, "first column", "last column", "left neighbour", "column 0"},
    {0, 1, "last column", "first column", "right neighbour", "column h->cols + 1"},
};

// The distances of 0 .. n-1, cut into parts, from the nearest edge between two parts.
static int *distances(int n, int parts) {
    int *away = malloc(((size_t)n + 1) * sizeof *away);
    for (int part = 0; away && part < parts; part++) {
        struct range range = block_range(n, parts, part);
        for (long i = range.lo; i < range.hi; i++) {
            long before = range.lo > 0 ? i - range.lo : INT_MAX;
            long after = range.hi < n ? range.hi - 1 - i : INT_MAX;
            away[i] = (int)(before < after ? before : after);
        }
    }
    return away;
}

// A cell next to another part: adds it to its edge, or to both at a corner.
static void look_at_edges(struct survey *s, long cell, double error) {
    const int row = (int)(cell / s->n), col = (int)(cell % s->n);
    const int mine = cut_owner(&s->cut, row, col);
    for (int i = 0; i < 4; i++) {
        const int r = row + sides[i].row, c = col + sides[i].col;
        if (r < 0 || r >= s->n || c < 0 || c >= s->n || cut_owner(&s->cut, r, c) == mine)
            continue;
        struct edge *edge = &s->edges[4L * mine + i];
        if (edge->cells++ == 0) {
            edge->side = &sides[i];
            edge->mine = mine;
            edge->theirs = cut_owner(&s->cut, r, c);
            edge->cell = -1;
        }
        if (isfinite(error))
            edge->error += error;
        else
            edge->lost++;
        if (error != 0 && edge->cell < 0)
            edge->cell = cell;
    }
}

static void look(struct survey *s, long cell, int away) {
    const double error = fabs(s->got[cell] - s->want[cell]);
    const bool far = away >= s->steps, edges = away < INT_MAX;
    s->far |= far;
    if (edges && away > s->depth)
        s->depth = away;
    if (away == 0)
        look_at_edges(s, cell, error);
    if (error == 0)
        return;
    s->wrong++;
    s->far_wrong |= far;
    if (s->first < 0)
        s->first = cell;
    if (!isfinite(error)) {
        s->lost++;
        if (edges && away > s->lost_depth)
            s->lost_depth = away;
    } else if (error > s->worst) {
        s->worst = error;
        s->worst_cell = cell;
    }
}

bool survey_make(struct survey *s, const struct cut *cut, const char *worker, int steps,
                 const double *got, const double *want) {
    *s = (struct survey){.n = cut->n, .steps = steps, .cut = *cut, .worker = worker};
    s->got = got;
    s->want = want;
    s->first = s->worst_cell = -1;
    s->row_away = distances(s->n, cut->down);
    s->col_away = distances(s->n, cut->across);
    s->edges = calloc((size_t)cut->down * (size_t)cut->across, 4 * sizeof *s->edges);
    if (!s->row_away || !s->col_away || !s->edges) {
        survey_free(s);
        return false;
    }
    for (int row = 0; row < s->n; row++)
        for (int col = 0; col < s->n; col++) {
            int by_row = s->row_away[row], by_col = s->col_away[col];
            look(s, (long)row * s->n + col, by_row < by_col ? by_row : by_col);
        }
    return true;
}

void survey_free(struct survey *s) {
    free(s->row_away);
    free(s->col_away);
    free(s->edges);
    s->row_away = s->col_away = NULL;
    s->edges = NULL;
}

const struct edge *survey_lost_edge(const struct survey *s) {
    const struct edge *most = NULL, *end = s->edges + 4L * s->cut.down * s->cut.across;
    for (const struct edge *e = s->edges; e < end; e++)
        if (e->lost > 0 && (!most || e->lost / e->cells > most->lost / most->cells))
            most = e;
    return most;
}

const struct edge *survey_wrong_edge(const struct survey *s) {
    const struct edge *most = NULL, *end = s->edges + 4L * s->cut.down * s->cut.across;
    for (const struct edge *e = s->edges; e < end; e++)
        if (e->error > 0 && (!most || e->error / e->cells > most->error / most->cells))
            most = e;
    return most;
}

const char *survey_place(const struct survey *s, long cell, char *words, size_t cap) {
    const int row = (int)(cell / s->n), col = (int)(cell % s->n);
    if (s->cut.down * s->cut.across > 1)
        snprintf(words, cap, "row %d, column %d (of %s %d)", row, col, s->worker,
                 cut_owner(&s->cut, row, col));
    else
        snprintf(words, cap, "row %d, column %d", row, col);
    return words;
}
