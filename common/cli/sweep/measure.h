// SPDX-License-Identifier: MIT
//
// measure.h: runs what a sweep asks for, and notes it there.

#ifndef TWOFOLD_SWEEP_MEASURE_H
#define TWOFOLD_SWEEP_MEASURE_H

#include "batch.h"
#include "sweep.h"

// Every version at every value, round by round; and once more for its memory, where that is asked for.
// A run that takes more than 10 s is not repeated. Returns early after a Ctrl-C.
void sweep_measure(struct sweep *sweep, const struct subject *subject, int rounds);

#endif
