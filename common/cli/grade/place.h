// SPDX-License-Identifier: MIT
//
// place.h: the directory in which a class is graded. One call at a time works there: OUT/lock.

#ifndef TWOFOLD_GRADE_PLACE_H
#define TWOFOLD_GRADE_PLACE_H

#include <limits.h>
#include <stdbool.h>

struct place {
    char root[PATH_MAX]; // of the kit
    char out[PATH_MAX];
    char files[PATH_MAX + 16], work[PATH_MAX + 16]; // OUT/files, OUT/work
};

// Makes OUT (NULL: build/grade/LAB in the kit) and keeps it for this call, or ends the program with
// a sentence. What an earlier call has left to be timed stays, unless all is judged again.
void place_open(struct place *place, const char *out, const char *lab, bool again);
// Removes what lies in the directory of work, perhaps but for what waits to be timed (timed.h).
void place_clear(const struct place *place, bool keep_waiting);

#endif
