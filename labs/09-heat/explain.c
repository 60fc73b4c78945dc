// SPDX-License-Identifier: MIT
//
// explain.c: from what is wrong where, to the question that leads to the cause. What is certain is
// asked first: is it rounding, was anything computed, is a row left out? Then the classic mistakes
// are made again (guess.c) and compared. At last it is told where the wrong cells lie.

#include "explain.h"

#include "guess.h"
#include "survey.h"
#include "untouched.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct case_of {
    const struct heat *h;
    bool ranks;      // memory is cut into blocks; else it is one, and threads have runs of rows
    struct cut cut;  // the parts of the workers
    struct survey s; // of the result, over the parts
    const double *got, *want;
    char *text;
    size_t cap;
};

// How far two right answers can be apart. A step adds five terms whose sizes sum up to at most
// 2.6 * HOTTEST; whatever the order, a term meets at most 7 roundings, so that the error is at most
// 7 u * 2.6 * HOTTEST with u = DBL_EPSILON / 2 (Higham, Accuracy and Stability of Numerical
// Algorithms, 2002, sections 3.1 and 4.2). A step takes means, so earlier errors do not grow: they
// add up. Two answers, each with its own errors: less than 20 * DBL_EPSILON * HOTTEST a step.
static double rounding_bound(int steps) {
    return 20.0 * steps * DBL_EPSILON * HOTTEST;
}

// -- cells that no step wrote to -------------------------------------------------------------------

static bool left_out(const struct case_of *c) {
    const struct untouched u = untouched_find(&c->h->kit->plate, &c->cut, c->got);
    if (c->h->steps == 0 || u.what == NOTHING)
        return false;
    const char *state = u.zeros ? "holds 0, as h->next does before it is written"
                                : "is as it was before the first step";
    if (u.what == PLATE)
        snprintf(c->text, c->cap,
                 "the plate %s: nothing was computed, or the new temperatures are in the other "
                 "buffer. Compute h->next from h->grid, swap once after each step, and leave the "
                 "last one in h->grid.",
                 state);
    else if (u.what == PART)
        snprintf(c->text, c->cap,
                 "the part of %s %d, rows %ld to %ld and columns %ld to %ld, %s: it computed "
                 "nothing, or left the last step in h->next.",
                 c->s.worker, u.part, u.rows.lo, u.rows.hi - 1, u.cols.lo, u.cols.hi - 1, state);
    else
        snprintf(c->text, c->cap,
                 "%s %ld, in the part of %s %d, %s: no step wrote to it. Do the loops run over "
                 "rows 1 to h->rows and columns 1 to h->cols, both ends included?",
                 u.what == ROW ? "row" : "column", u.what == ROW ? u.rows.lo : u.cols.lo,
                 c->s.worker, u.part, state);
    return true;
}

// -- ghost cells that were never filled --------------------------------------------------------------

// "row 48" or "column 12": the line of an edge, as the plate counts it.
static const char *line_of(const struct edge *edge, int n, char *words, size_t cap) {
    if (edge->side->row)
        snprintf(words, cap, "row %ld", edge->cell / n);
    else
        snprintf(words, cap, "column %ld", edge->cell % n);
    return words;
}

static bool not_a_number(const struct case_of *c) {
    const struct survey *s = &c->s;
    char words[96];
    if (s->lost == 0)
        return false;
    const struct edge *edge = c->ranks ? survey_lost_edge(s) : NULL;
    if (!edge) {
        long cell = s->first;
        while (isfinite(c->got[cell]))
            cell++;
        snprintf(c->text, c->cap,
                 "%s is %g, which no temperature can become: was a cell read or written outside "
                 "the block, or the border overwritten?",
                 survey_place(s, cell, words, sizeof words), c->got[cell]);
        return true;
    }
    // As long as losses from opposite edges have not met, their depth tells when they began.
    int good = s->steps <= s->depth ? s->steps - 1 - s->lost_depth : 0;
    if (good > 0)
        snprintf(c->text, c->cap,
                 "%s, the %s of rank %d, is not a number: from step %d on it saw ghost cells that "
                 "no message had filled. Is the halo exchanged before each step, or once? And is "
                 "it received into h->grid, which after a swap is the other buffer?",
                 line_of(edge, c->h->n, words, sizeof words), edge->side->mine, edge->mine,
                 good + 1);
    else
        snprintf(c->text, c->cap,
                 "%s, the %s of rank %d, is not a number: it saw ghost cells that no message had "
                 "filled. Does rank %d send its %s before each step, and does rank %d receive it "
                 "from its %s into %s of h->grid, and wait for it, before it computes this line?",
                 line_of(edge, c->h->n, words, sizeof words), edge->side->mine, edge->mine,
                 edge->theirs, edge->side->theirs, edge->mine, edge->side->whose,
                 edge->side->ghost);
    return true;
}

// -- classic mistakes, made again ---------------------------------------------------------------------

// Is got what this mistake gives: bit for bit, or (nearly) far closer to it than to want?
static bool is_guess(const struct case_of *c, int steps, enum mistake mistake, bool nearly) {
    double *guess = guess_plate(&c->h->kit->plate, &c->cut, steps, mistake);
    if (!guess)
        return false;
    const long cells = (long)c->h->n * c->h->n;
    bool same = memcmp(guess, c->got, (size_t)cells * sizeof *guess) == 0;
    double to_guess = 0, to_want = 0;
    for (long i = 0; i < cells; i++) {
        to_guess += fabs(c->got[i] - guess[i]);
        to_want += fabs(c->got[i] - c->want[i]);
    }
    free(guess);
    return same || (nearly && to_guess < to_want / 4);
}

static bool classic(const struct case_of *c) {
    const int steps = c->h->steps;
    const char *words = NULL;
    if (is_guess(c, steps - 1, NO_MISTAKE, false))
        words = "the plate is the one of a step earlier: one step was left out, or the last one "
                "is in h->next. Count the steps, and swap after the last one too.";
    else if (is_guess(c, steps + 1, NO_MISTAKE, false))
        words = "the plate is the one of a step later: one step too many was taken.";
    else if (is_guess(c, steps, IN_PLACE, true))
        words = "the plate looks as if new temperatures were written over old ones that other "
                "cells still needed. Read h->grid only, write h->next only, and swap them when the "
                "step is done.";
    else if (c->ranks && is_guess(c, steps, FROZEN_GHOSTS, false))
        words = "in every step the ghost cells held the temperatures of the start: exchange the "
                "halo before each step, not once.";
    else if (c->ranks && is_guess(c, steps, LATE_GHOSTS, false))
        words = "in every step the ghost cells were one step behind: the edges that are sent must "
                "be those of the plate that the step reads, h->grid after the swap.";
    else if (c->ranks && is_guess(c, steps, WRONG_GHOSTS, false))
        words = "the ghost cells held the line behind the neighbour's edge, not the edge: is it "
                "row 1 and row h->rows that are sent (columns alike), not row 2 and h->rows - 1?";
    if (words)
        snprintf(c->text, c->cap, "%s", words);
    return words != NULL;
}

// -- where -------------------------------------------------------------------------------------------

// All that is wrong lies where a mistake at the edges between parts can have reached.
static bool edges_only(const struct case_of *c) {
    const struct survey *s = &c->s;
    const struct edge *edge = survey_wrong_edge(s);
    char words[96];
    if (!edge || !s->far || s->far_wrong)
        return false;
    line_of(edge, c->h->n, words, sizeof words);
    if (c->ranks)
        snprintf(c->text, c->cap,
                 "%s, the %s of rank %d, never saw its %s as it was: cells near the edges between "
                 "blocks are wrong, all others right. Does rank %d send its %s before each step, "
                 "and does rank %d receive it into %s of the buffer that the step reads, and wait "
                 "for it?",
                 words, edge->side->mine, edge->mine, edge->side->whose, edge->theirs,
                 edge->side->theirs, edge->mine, edge->side->ghost);
    else
        snprintf(c->text, c->cap,
                 "%s, the %s of thread %d, is wrong, as are only rows near the places where one "
                 "thread's part meets another's: did a thread begin the next step, or swap the "
                 "buffers, before thread %d had finished this one?",
                 words, edge->side->mine, edge->mine, edge->theirs);
    return true;
}

static void anywhere(const struct case_of *c) {
    const struct survey *s = &c->s;
    char words[96];
    const char *question = "Is heat_cell() applied to the old temperatures of the cell and of its "
                           "four neighbours?";
    if (s->steps == 0)
        question = "No step was to be taken: the plate must stay as it is.";
    else if (s->steps > 1)
        question = "Run it with steps=1 and n=8: a mistake spreads by one cell a step, so there "
                   "only the cells that are computed wrongly differ.";
    snprintf(c->text, c->cap,
             "%.0f of %.0f cells differ, the most at %s: %.10g where the serial version has %.10g. "
             "%s",
             s->wrong, (double)s->n * s->n, survey_place(s, s->worst_cell, words, sizeof words),
             c->got[s->worst_cell], c->want[s->worst_cell], question);
}

// -- the answer --------------------------------------------------------------------------------------

static enum same judge(const struct case_of *c) {
    const double bound = rounding_bound(c->h->steps);
    if (c->s.lost == 0 && c->s.worst <= bound) {
        snprintf(c->text, c->cap,
                 "the largest difference is %.2g degrees, the bound of rounding %.2g (20 * steps * "
                 "%.2g * %d). The order of the sum is another one; heat_cell() gives the same "
                 "bits.",
                 c->s.worst, bound, DBL_EPSILON, HOTTEST);
        return ROUNDING;
    }
    if (!left_out(c) && !not_a_number(c) && !classic(c) && !edges_only(c))
        anywhere(c);
    return WRONG;
}

enum same heat_explain(const void *problem, const struct version *version, int workers,
                       const void *got, const void *want, size_t size, char *text, size_t cap) {
    if (memcmp(got, want, size) == 0)
        return SAME;
    struct case_of c = {.h = problem, .got = got, .want = want, .text = text, .cap = cap};
    c.ranks = version->run == RUN_RANKS || version->run == RUN_HYBRID;
    c.cut = c.ranks ? cut_plate(c.h->n, workers)
                    : (struct cut){.n = c.h->n, .down = workers, .across = 1};
    if (!survey_make(&c.s, &c.cut, c.ranks ? "rank" : "thread", c.h->steps, got, want)) {
        snprintf(text, cap,
                 "the result differs, and there is no memory left to say where: compare a smaller "
                 "plate.");
        return WRONG;
    }
    enum same same = judge(&c);
    survey_free(&c.s);
    return same;
}
