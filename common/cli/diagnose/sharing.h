// SPDX-License-Identifier: MIT
//
// sharing.h: do the threads of a program take cache lines from each other? See
// ../../observe/sharing/sharing.h for how that is counted.

#ifndef TWOFOLD_DIAGNOSE_SHARING_H
#define TWOFOLD_DIAGNOSE_SHARING_H

#include "../../observe/evidence.h"
#include "../../observe/omp/races.h"

// Builds the program once more, runs it with 4 threads (or as many as were asked for), and adds the
// pairs of lines of its source that cost it time, as evidence of kind sharing. What cannot be looked
// at adds nothing: it is a matter of speed alone.
void sharing_look(const struct race_program *program, const struct race_how *how,
                  struct findings *findings);

#endif
