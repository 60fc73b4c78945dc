// SPDX-License-Identifier: MIT
//
// tables.h: a sweep in the terminal.

#ifndef TWOFOLD_SWEEP_TABLES_H
#define TWOFOLD_SWEEP_TABLES_H

#include "sweep.h"

// The times, the memory where it was measured, and what is to be said of both, to stdout.
void tables_put(const struct sweep *sweep);
// What could not be measured, to stderr, a line each; returns how many.
int missing_put(const struct sweep *sweep);

#endif
