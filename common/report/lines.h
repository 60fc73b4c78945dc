// SPDX-License-Identifier: MIT
//
// lines.h: a report for machines: flat JSON, an object a line. Kinds: machine, lab, row, sentence,
// claim. Times are in seconds, memory in bytes; what is not known is null.

#ifndef TWOFOLD_LINES_H
#define TWOFOLD_LINES_H

#include "report.h"
#include <stdio.h>

void lines_write(FILE *file, const struct report *report);

#endif
