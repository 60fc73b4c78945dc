// SPDX-License-Identifier: MIT
//
// chart.h: drawings as SVG. Colours are given as classes, so that the same drawing is read in the
// light and in the dark; chart_style() says what they mean.

#ifndef TWOFOLD_CHART_H
#define TWOFOLD_CHART_H

#include "report.h"
#include <stdio.h>

// The rules for the classes used here, without the tags round them.
void chart_style(FILE *file);

// One lab: a bar a row with its quartiles; speed-up over the number of workers, with the ideal
// line; a bar a row for memory. Each writes one <svg>; nothing where there is nothing to draw.
void chart_times(FILE *file, const struct part *part);
void chart_speedups(FILE *file, const struct part *part);
void chart_memories(FILE *file, const struct part *part);

// All labs: speed-up and memory of the best threads and the best ranks. alone: as a file of its
// own, with its style in it.
void chart_overview(FILE *file, const struct report *report, bool alone);

#endif
