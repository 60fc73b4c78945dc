// SPDX-License-Identifier: MIT
// untouched.h: what no step wrote to.

#ifndef UNTOUCHED_H
#define UNTOUCHED_H

#include "plate.h"

struct untouched {
    enum { NOTHING, PLATE, PART, ROW, COLUMN } what; // the largest that is untouched
    int part;                                        // of the cut; where it is not the plate
    struct range rows, cols;                         // of the plate
    bool zeros; // it holds 0, as h->next does at first; else its first temperatures
};

// Looks for cells of got (n * n) that are as create made them: the whole plate, all of a part, a
// row or a column of a part.
struct untouched untouched_find(const struct plate *plate, const struct cut *cut,
                                const double *got);

#endif
