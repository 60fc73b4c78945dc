// SPDX-License-Identifier: MIT
//
// sweep.h: some versions of a lab over the values of one parameter, or of two: data, and how it is
// shown.
//
// Theory of operation. Every version is a row of spots, one for each value of the axis x; where a
// second axis, by, has several values, too, there is such a row for each of them. A chart and what is
// said of it look at views of that (struct curves): lines over x. View 0 is the overview: with two axes
// and several versions, each version with the value of `by` that is best for it at that x.

#ifndef TWOFOLD_SWEEP_H
#define TWOFOLD_SWEEP_H

#include "show.h"
#include "stats.h"
#include <stdbool.h>
#include <stdio.h>

enum { SERIES_MAX = 8, POINTS_MAX = 32, TURNS_MAX = 15, SAID_CAP = 640 };
enum sweep_show { SWEEP_TIME, SWEEP_EACH, SWEEP_RATE, SWEEP_MEMORY };

// The values of one parameter, or of workers.
struct axis {
    char name[32]; // "size"
    int count;
    char text[POINTS_MAX][24]; // as they were given to the lab
    double at[POINTS_MAX];
};

// One version at one value of x (and of `by`).
struct spot {
    int runs;
    double figure[TURNS_MAX]; // what is shown of each run: s, s a unit, or units a second
    double memory;            // of the whole job, bytes; of one run. 0: not measured
    char why[300];            // it could not be measured; "": it was
};

struct sweep {
    char lab[32], unit[32];
    char fixed[200]; // what stayed the same: "count=2000 workers=2"
    enum sweep_show show;
    bool times;        // each figure is multiplied by the value of x: messages by their size
    bool memory;       // was asked for, too
    double others;     // cores that were busy with other work meanwhile
    struct axis x, by; // by: no name, and one value, where only x has several
    int versions;
    char version[SERIES_MAX][32];
    struct spot at[SERIES_MAX][SERIES_MAX][POINTS_MAX]; // [version][by][x]
};

// Lines over an axis, a view of a sweep.
struct curves {
    const struct sweep *of;
    char title[240];
    enum sweep_show show; // may be SWEEP_MEMORY
    int lines;
    char name[SERIES_MAX][32];
    const struct spot *spot[SERIES_MAX][POINTS_MAX]; // NULL: nothing was measured there
};

// How many views there are, and one of them; memory: its memory, not its times.
int sweep_views(const struct sweep *sweep);
void sweep_view(const struct sweep *sweep, int view, bool memory, struct curves *curves);

struct spread spot_spread(const struct spot *spot);
struct spread curves_spread(const struct curves *curves, int line, int point);
// Which value of `by` is best for this version at this point; -1: nothing was measured there.
int sweep_best_by(const struct sweep *sweep, int version, int point);
// Which version is best here; -1: nothing was measured.
int sweep_best(const struct sweep *sweep, int by, int point);

// "12.3 us", "1.20 M/s", "31.0 MiB"; NAN: "-".
const char *sweep_number(enum sweep_show show, double figure, char text[SHOW_CAP + 8]);
// What is shown, in words: "time for each of the messages".
const char *sweep_title(const struct sweep *sweep, char *text, unsigned long cap);

// Sentences: over which values which versions are the fastest, with which value of `by`, and which of
// those that are equally fast takes the least memory; and whether the machine was busy. Returns how many, `most` at most.
int sweep_say(const struct sweep *sweep, char text[][SAID_CAP], int most);

// May the axis, or the figures, be drawn on a logarithmic scale, and are they so far apart that they
// should?
bool curves_log_x(const struct curves *curves);
bool curves_log_y(const struct curves *curves);
// One <svg>: the lines, each named at its end; the quartiles as whiskers.
void curves_chart(FILE *file, const struct curves *curves);

// A line a value and version: value[,by],version,runs,low,median,high[,memory].
void sweep_csv(FILE *file, const struct sweep *sweep);
// The same as flat JSON, an object a line; what is not known is null.
void sweep_json(FILE *file, const struct sweep *sweep);
// The charts, what is said of them and the table, as a page that needs nothing else, written whole or
// not at all. False: why says so.
bool sweep_page(const struct sweep *sweep, const char *command, const char *path, char *why,
                unsigned long cap);

#endif
