// SPDX-License-Identifier: MIT
//
// figure.h: what the rounds of an experiment come to: a figure in words, and whether it lies where
// the claim says.

#ifndef TWOFOLD_CLAIMS_FIGURE_H
#define TWOFOLD_CLAIMS_FIGURE_H

#include "experiment.h"
#include "report.h"

// The figure, "16.2 us +-3 %", or why there is none; HOLDS_UNKNOWN for the latter, and for a line that
// is a figure only, which `judged` tells apart.
enum holds figure_say(const struct experiment *e, char *text, size_t cap);

// After three rounds or more: would further ones hardly change what is said? Of a figure alone, where
// its quartiles are close together; of a claim, where it holds, and by far. What seems not to hold is
// measured as often as it may be.
bool figure_is_settled(const struct experiment *e);

#endif
