// SPDX-License-Identifier: MIT
//
// observed.h: one case, run once more under the observer.
//
// `twofold diagnose` runs it, in the place of mpirun where it is on ranks, in the box if there is one, and leaves its
// findings as lines of JSON (FORMATS "Evidence"); they are all that is read here. A student's
// program can forge them as it can forge whatever is in its box; so they explain and may cost a
// point, and never earn one.

#ifndef TWOFOLD_OBSERVED_H
#define TWOFOLD_OBSERVED_H

#include "batch.h"

enum { OBSERVED_MAX = 4 };

struct observed {
    char kind[16]; // deadlock, misuse, leak, crash
    char file[64]; // "mpi.c"; "" not known
    int line;
    char text[1024], advice[512];
};

struct observation {
    int count;
    struct observed at[OBSERVED_MAX];
};

// What a box must show of the kit for it, relative to its directory; NULL ends.
extern const char *const observed_needs[];

// Runs the case for at most so many seconds. ranks: of the launch, at least those of the case; of no
// meaning where its version is one of threads.
// False: nothing can be said. (Not of versions that start processes of their own.)
bool case_observe(const struct subject *subject, const struct case_spec *spec, int ranks,
                  double seconds, struct observation *seen);

// Reads one line of evidence. False: it is none, or of kind infra.
bool observed_read(const char *line, struct observed *observed);

#endif
