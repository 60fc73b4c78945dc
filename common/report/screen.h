// SPDX-License-Identifier: MIT
//
// screen.h: a report on a terminal, at most 100 columns wide.

#ifndef TWOFOLD_SCREEN_H
#define TWOFOLD_SCREEN_H

#include "report.h"
#include <stdio.h>

// One lab: its table and its sentences.
void screen_part(FILE *file, const struct part *part);
// All labs in one table, then the claims, the machine and how to read the columns.
void screen_end(FILE *file, const struct report *report);

#endif
