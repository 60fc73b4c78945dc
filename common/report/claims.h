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

// Does a figure lie between two bounds? HOLDS_UNKNOWN: a bound lies between its quartiles, so that noise
// may decide it, or it seems not to lie there and was measured fewer than three times. *why then says
// so, for a sentence that begins with "but"; else it is "".
enum holds claim_holds(const struct spread *figure, double from, double to, const char **why);

// "holds", "does not hold here", "not measurable here"
const char *claim_word(enum holds holds);

#endif
