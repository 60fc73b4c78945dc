// SPDX-License-Identifier: MIT
//
// earlier.h: what earlier classes handed in for the same lab, to be compared with (pairs.h), and
// for nothing else: it is neither judged nor written anywhere.

#ifndef TWOFOLD_GRADE_EARLIER_H
#define TWOFOLD_GRADE_EARLIER_H

#include "course.h"

enum { EARLIER_MAX = 16 };

struct earlier_class {
    const char *name; // the last part of its path
    struct input input;
    struct course course;
};

struct earlier {
    int count;
    struct earlier_class at[EARLIER_MAX];
};

// Reads classes, a path each, in any layout: files of the names that `like` looks for. False: why.
bool earlier_read(struct earlier *earlier, const char *const *paths, int count,
                  const struct input *like, const struct policy *policy, char *why, size_t cap);
void earlier_free(struct earlier *earlier);

#endif
