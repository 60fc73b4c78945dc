// SPDX-License-Identifier: MIT
//
// guess.c: steps the plate as a wrong program does. One process, one plain array; what a cell sees
// of a neighbouring block is a function. Slow, for it runs only when a result was wrong.

#include "guess.h"

#include <stdlib.h>
#include <string.h>

// More cell updates than this would keep a person waiting.
static const double most_updates = 2e7;

struct guess {
    const struct plate *plate;
    int n;
    enum mistake mistake;
    double *start, *before, *now; // n * n each: at first, one step ago, now
    int *block_row, *block_col;   // of each row and column: which row or column of blocks
};

// What the cell (row, col) sees of its neighbour (r, c).
static double seen(const struct guess *g, int row, int col, int r, int c) {
    const int n = g->n;
    if (r < 0 || r >= n || c < 0 || c >= n)
        return plate_start(g->plate, r, c);
    const double *look = g->now;
    if (g->block_row[row] == g->block_row[r] && g->block_col[col] == g->block_col[c])
        return look[(long)r * n + c];
    switch (g->mistake) {
    case IN_PLACE: // the ghost cells came before the step began
    case LATE_GHOSTS:
        look = g->before;
        break;
    case FROZEN_GHOSTS:
        look = g->start;
        break;
    case WRONG_GHOSTS:
        return seen(g, r, c, 2 * r - row, 2 * c - col);
    case NO_MISTAKE:
        break;
    }
    return look[(long)r * n + c];
}

static double stepped(const struct guess *g, int row, int col) {
    const double around[9] = {
        [1] = seen(g, row, col, row - 1, col), [3] = seen(g, row, col, row, col - 1),
        [4] = g->now[(long)row * g->n + col],  [5] = seen(g, row, col, row, col + 1),
        [7] = seen(g, row, col, row + 1, col),
    };
    return heat_cell(around + 4, 3);
}

static void step_in_place(struct guess *g) {
    memcpy(g->before, g->now, (size_t)g->n * (size_t)g->n * sizeof(double));
    for (int row = 0; row < g->n; row++)
        for (int col = 0; col < g->n; col++)
            g->now[(long)row * g->n + col] = stepped(g, row, col);
}

static void step_apart(struct guess *g, double *next) {
    for (int row = 0; row < g->n; row++)
        for (int col = 0; col < g->n; col++)
            next[(long)row * g->n + col] = stepped(g, row, col);
    memcpy(g->before, g->now, (size_t)g->n * (size_t)g->n * sizeof(double));
    memcpy(g->now, next, (size_t)g->n * (size_t)g->n * sizeof(double));
}

static void begin(struct guess *g, const struct cut *cut) {
    for (int i = 0; i < g->n; i++) {
        g->block_row[i] = block_owner(g->n, cut->down, i);
        g->block_col[i] = block_owner(g->n, cut->across, i);
    }
    for (int row = 0; row < g->n; row++)
        for (int col = 0; col < g->n; col++)
            g->start[(long)row * g->n + col] = plate_start(g->plate, row, col);
    memcpy(g->before, g->start, (size_t)g->n * (size_t)g->n * sizeof(double));
    memcpy(g->now, g->start, (size_t)g->n * (size_t)g->n * sizeof(double));
}

double *guess_plate(const struct plate *plate, const struct cut *cut, int steps,
                    enum mistake mistake) {
    size_t cells = (size_t)plate->n * (size_t)plate->n;
    if (steps < 0 || (double)cells * (steps + 1) > most_updates)
        return NULL;
    struct guess g = {.plate = plate, .n = plate->n, .mistake = mistake};
    g.start = malloc((cells + 1) * sizeof *g.start);
    g.before = malloc((cells + 1) * sizeof *g.before);
    g.now = malloc((cells + 1) * sizeof *g.now);
    double *next = malloc((cells + 1) * sizeof *next);
    g.block_row = malloc(((size_t)plate->n + 1) * sizeof *g.block_row);
    g.block_col = malloc(((size_t)plate->n + 1) * sizeof *g.block_col);
    bool memory = g.start && g.before && g.now && next && g.block_row && g.block_col;
    if (memory) {
        begin(&g, cut);
        for (int step = 0; step < steps; step++)
            if (mistake == IN_PLACE)
                step_in_place(&g);
            else
                step_apart(&g, next);
    } else {
        free(g.now);
        g.now = NULL;
    }
    free(g.start);
    free(g.before);
    free(next);
    free(g.block_row);
    free(g.block_col);
    return g.now;
}
