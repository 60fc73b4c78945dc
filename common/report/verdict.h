// SPDX-License-Identifier: MIT
//
// verdict.h: what a lab's rows say, in sentences: which model won, by how much, why, and at what
// price. No sentence says more than the rows show: where two series cannot be told apart, it says
// so.

#ifndef TWOFOLD_VERDICT_H
#define TWOFOLD_VERDICT_H

#include "report.h"

// Above this, series of this machine are not to be trusted to a few percent.
#define NOISE_LIMIT 0.05

// Fills part->sentences from the rows.
void verdict_say(struct part *part);

// "threads", "threads, ranks" (not to be told apart), "serial", "-": who won, for the overview.
const char *verdict_winner(const struct part *part, char *text, unsigned long cap);

#endif
