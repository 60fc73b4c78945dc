// SPDX-License-Identifier: MIT
//
// look.h: the first look at the rows of a lab, which is not timed.
//
// Theory of operation. Each row runs once with all that would disturb a clock: is it right
// (--check), what does it take (--memory), what does it say to MPI (counters.h)? A row that is
// wrong, fails or is not written yet is thereby out of the rounds. What one version cannot do with
// few workers (not written, or hung) is not tried with more. The look also tells what the rounds
// may cost, and from serial, which comes first, after what time a run has hung.

#ifndef TWOFOLD_CONTRAST_LOOK_H
#define TWOFOLD_CONTRAST_LOOK_H

#include "study.h"

void look_at_all(struct study *study);

#endif
