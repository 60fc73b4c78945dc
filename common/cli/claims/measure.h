// SPDX-License-Identifier: MIT
//
// measure.h: runs the experiments of the claims.

#ifndef TWOFOLD_CLAIMS_MEASURE_H
#define TWOFOLD_CLAIMS_MEASURE_H

#include "experiment.h"
#include "lone.h"

enum { MEASURE_ROUNDS = 5 }; // of an experiment, at most, where nobody says how many

// Runs all experiments round by round, so that what else the machine does falls on all alike. A case
// that several experiments have runs once a round. asked: rounds of each; 0: three, and of what is in
// doubt then as many more, up to MEASURE_ROUNDS, as begin within 75 s. subjects: by the number of a
// lab. Says on a terminal what is under way.
void measure_all(struct experiments *all, const struct subject *subjects, int asked);

#endif
