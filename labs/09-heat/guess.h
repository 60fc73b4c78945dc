// SPDX-License-Identifier: MIT
//
// guess.h: what the plate looks like after a classic mistake, computed by making it.

#ifndef GUESS_H
#define GUESS_H

#include "plate.h"

enum mistake {
    IN_PLACE,      // new temperatures are written over the old ones, within a block
    FROZEN_GHOSTS, // a neighbour's cells are seen as they were before the first step
    LATE_GHOSTS,   // ... as they were one step ago
    WRONG_GHOSTS,  // ... one row or column behind the edge is seen instead of the edge
    NO_MISTAKE     // the right steps, for another number of steps
};

// The plate after `steps` steps in blocks with this mistake, n * n doubles, row by row. NULL: too
// large a plate to try it, or no memory. The caller frees it.
double *guess_plate(const struct plate *plate, const struct cut *cut, int steps,
                    enum mistake mistake);

#endif
