// SPDX-License-Identifier: MIT
//
// counters.h: what the ranks of a run said to MPI.
//
// Theory of operation. build/lib/count.so is loaded into every rank (LD_PRELOAD), counts the calls
// of the timed kernel, and at the end writes a file of flat JSON lines, one a rank, whose name is
// the rank's number, into a directory that is ours and is removed at the end. Where the library is
// not built or no directory can be made, messages stay unknown; that is said once.

#ifndef TWOFOLD_CONTRAST_COUNTERS_H
#define TWOFOLD_CONTRAST_COUNTERS_H

#include "report.h"
#include <limits.h>

struct counters {
    char dir[PATH_MAX];           // where the ranks write; "": they cannot be counted
    char preload[PATH_MAX + 64];  // "LD_PRELOAD=.../count.so"
    char evidence[PATH_MAX + 64]; // "TWOFOLD_EVIDENCE=dir/%r"
    const char *env[3];           // both, as launch.h wants them
};

// root: the kit's directory.
void counters_begin(struct counters *counters, const char *root);
// Adds up what the ranks of this row left, and removes it. wall: s, that their kernel took.
void counters_read(const struct counters *counters, struct row *row, double wall);
// Empties the directory (a run that failed may have left some) and removes it.
void counters_end(const struct counters *counters);

#endif
