// SPDX-License-Identifier: MIT
//
// pairs.h: the pairs of students whose submissions have most in common (similar.h), without what
// the starter gives everybody.

#ifndef TWOFOLD_GRADE_PAIRS_H
#define TWOFOLD_GRADE_PAIRS_H

#include "book.h"

enum { PAIRS_MAX = 20 };

struct pair {
    const struct student *a, *b;
    double share; // of the smaller one that the other has, too
};

struct pairs {
    int count;
    struct pair at[PAIRS_MAX]; // the most similar first
};

// Compares the attempts that count. starter: the directory of the lab's starters.
void pairs_find(struct pairs *pairs, const struct book *book, const char *starter);

#endif
