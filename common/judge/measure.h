// SPDX-License-Identifier: MIT
//
// measure.h: an answer and the reference solution in turn, for speed.h.

#ifndef TWOFOLD_MEASURE_H
#define TWOFOLD_MEASURE_H

#include "batch.h"
#include "speed.h"

// Both have cores of their own where there are more than workers (cores.h): speed.cores says which.
//
// Runs both in turn on this case until it is decided whether the answer is fast enough; a case of
// the same size with a new seed for each pair. The result of the answer's fastest run is verified:
// record is of that run, or of one that did not end well (then the speed means nothing). Where the
// machine lacks something for it: SPEED_UNGRADED, nothing was run, and record is PASS. Where the
// subject has no reference, the other side is the serial version, and SPEED_UNGRADED says how much
// faster the answer is.
struct speed measure(const struct subject *subject, const struct case_spec *spec,
                     const struct curve *curve, struct record *record);

#endif
