// SPDX-License-Identifier: MIT
//
// patience.h: how long a launch of a student's program may take on this machine at this moment.
//
// Theory of operation. No limit is a number of seconds that somebody once thought of: a trusted
// program is run beside, as wide as the launch in question, and tells what starting it costs here
// and now, and what the case costs. With solutions it is the reference, which runs the very case;
// without, the verifier solves it serially. That costs a launch, so it is done where it decides
// something: before a case runs alone, and when a launch of many has been silent for longer than
// launches took so far.
//
//     alone      2 s + 4 launches + 10 times the case: HANG is said of such a run only
//     in a batch 1 s + 2 launches + 5 times the case without a record: stopped, then tried alone
//
// The seconds in front are for whatever else a machine may do for a moment.

#ifndef TWOFOLD_PATIENCE_H
#define TWOFOLD_PATIENCE_H

#include "batch.h"

// How long this case may take alone, s; each time measured anew.
double patience_alone(const struct subject *subject, const struct case_spec *spec);

// How long a launch may be silent, s, by what launches took so far: never asks for a run.
double patience_so_far(const struct subject *subject);
// The same before the record of this case, measured now beside the launch, which has `ranks`.
double patience_measured(const struct subject *subject, const struct case_spec *spec, int ranks);

#endif
