// SPDX-License-Identifier: MIT
//
// claims.h: what every introduction says about threads and processes, held against what was
// measured in all labs of a report. Which labs speak to a claim follows from what bounds them and
// from the kinds of their versions.

#ifndef TWOFOLD_CLAIMS_H
#define TWOFOLD_CLAIMS_H

#include "report.h"

enum { CLAIMS = 3 };

// Writes the CLAIMS claims.
void claims_judge(const struct part *parts, int count, struct claim claims[CLAIMS]);

// "holds", "does not hold here", "not measurable here"
const char *claim_word(enum holds holds);

#endif
