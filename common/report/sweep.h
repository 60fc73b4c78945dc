// SPDX-License-Identifier: MIT
//
// sweep.h: some versions of a lab over a row of values of one parameter: data, and how it is shown.

#ifndef TWOFOLD_SWEEP_H
#define TWOFOLD_SWEEP_H

#include "show.h"
#include "stats.h"
#include <stdbool.h>
#include <stdio.h>

enum { SERIES_MAX = 8, POINTS_MAX = 32, TURNS_MAX = 15 };
enum sweep_show { SWEEP_TIME, SWEEP_EACH, SWEEP_RATE };

// One version at one value.
struct spot {
    int runs;
    double figure[TURNS_MAX]; // what is shown of each run: s, s a unit, or units a second
    char why[300];            // it could not be measured; "": it was
};

struct sweep {
    char lab[32], unit[32], axis[32]; // axis: "size"
    char fixed[200];                  // what stayed the same: "count=2000 workers=2"
    enum sweep_show show;
    int points, series;
    char text[POINTS_MAX][24]; // the values of the axis, as they were given to the lab
    double x[POINTS_MAX];
    char version[SERIES_MAX][32];
    struct spot at[SERIES_MAX][POINTS_MAX];
};

struct spread sweep_spread(const struct sweep *sweep, int series, int point);
// "12.3 us", "1.20 M/s"; NAN: "-".
const char *sweep_number(const struct sweep *sweep, double figure, char text[SHOW_CAP + 8]);
// What is shown, in words: "time for each of the messages".
const char *sweep_title(const struct sweep *sweep, char *text, unsigned long cap);
// Who is best at this value; -1: nothing was measured there.
int sweep_best(const struct sweep *sweep, int point);
// May the axis, or the figures, be drawn on a logarithmic scale, and are they so far apart that they
// should?
bool sweep_log_x(const struct sweep *sweep);
bool sweep_log_y(const struct sweep *sweep);

// One <svg>: a line a version, named at its end; the quartiles as whiskers.
void sweep_chart(FILE *file, const struct sweep *sweep);
// A line a value and version: value,version,runs,low,median,high.
void sweep_csv(FILE *file, const struct sweep *sweep);
// The same as flat JSON, an object a line; what is not known is null.
void sweep_json(FILE *file, const struct sweep *sweep);
// The chart and the table as a page that needs nothing else, written whole or not at all. False: why
// says so.
bool sweep_page(const struct sweep *sweep, const char *command, const char *path, char *why,
                unsigned long cap);

#endif
