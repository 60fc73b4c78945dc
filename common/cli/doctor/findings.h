// SPDX-License-Identifier: MIT
//
// findings.h: what `twofold doctor` found on a machine, a finding a line.

#ifndef TWOFOLD_FINDINGS_H
#define TWOFOLD_FINDINGS_H

#include <stdbool.h>

enum level {
    LEVEL_OK,
    LEVEL_NOTE,   // the labs run; something is slower, noisier, or missing for a later command
    LEVEL_PROBLEM // the labs cannot be built or run
};

// Say the findings as JSON lines, not as a table.
void findings_json(bool yes);

// Tells a finding at once. topic: a word or two; mend: the next step ("" if there is none); text:
// as printf.
void finding(enum level level, const char *topic, const char *mend, const char *text, ...)
    __attribute__((format(printf, 4, 5)));

// How many there were of a level.
int findings_count(enum level level);

#endif
