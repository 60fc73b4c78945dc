// SPDX-License-Identifier: MIT
//
// lanes.h: a class is judged in two lanes: what is right, of many submissions at a time, and what
// only a clock tells, alone on its cores. One run of `twofold check` is one lane or both.
//
// Theory of operation. The lane of timing goes on with the run of the first one: it reads that one's
// journal, knows from it which checks have passed, and gives its own lines the same number. Together
// they are what one run in both lanes would have left. What cannot be judged for want of an earlier
// check, the first lane says already; so the second has nothing to do where nothing is right.

#ifndef TWOFOLD_CHECK_LANES_H
#define TWOFOLD_CHECK_LANES_H

#include "session.h"

// "correctness", "timing"; NULL: both. False: there is no such lane.
bool lane_named(const char *name, enum lane *lane);

// Goes on with the run whose journal this is. False: it cannot; text says why, in a sentence.
bool lane_continue(struct session *session, const char *journal, char *text, size_t cap);

// Leaves those of the wanted checks that this lane is to judge; true if there are any.
bool lane_choose(const struct session *session, bool wanted[RUBRIC_MAX]);
// Is check i another lane's, now that it is its turn?
bool lane_leaves(const struct session *session, int i);

#endif
