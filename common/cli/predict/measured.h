// SPDX-License-Identifier: MIT
//
// measured.h: the cases that answer predictions, each run a few times.

#ifndef TWOFOLD_PREDICT_MEASURED_H
#define TWOFOLD_PREDICT_MEASURED_H

#include "batch.h"

enum { MEASURED_MAX = 64 };

struct measured {
    struct case_spec spec;
    int runs;
    double wall_ms, peak_kb; // of the fastest run; of the one that took least
    char why[300];           // it was not measured; "": it was
};

struct measured_list {
    int count;
    struct measured at[MEASURED_MAX];
};

// Notes the case, once; returns its place. A version that the lab has not, or more workers that
// compute than there are cores: the reason is there, and it will not run.
const struct measured *measured_add(struct measured_list *list, const struct subject *subject,
                                    const struct case_spec *spec);

// Runs all of them, in turns, so that what else the machine does falls on each alike: three times, or
// once where a run takes more than a second. Stops where Ctrl-C was pressed.
void measured_run(struct measured_list *list, const struct subject *subject);

#endif
