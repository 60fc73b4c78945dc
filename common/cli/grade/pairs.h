// SPDX-License-Identifier: MIT
//
// pairs.h: the pairs of students whose submissions have most in common (similar.h), without what
// the starter gives everybody. One of a pair may be of an earlier class.

#ifndef TWOFOLD_GRADE_PAIRS_H
#define TWOFOLD_GRADE_PAIRS_H

#include "book.h"

enum { PAIRS_MAX = 20 };

struct pair {
    const struct student *a, *b;
    const char *from; // the earlier class of b; NULL: this one
    double share;     // of the smaller one that the other has, too
};

struct pairs {
    int count;
    struct pair at[PAIRS_MAX]; // the most similar first
};

// Compares the attempts that count, and of earlier classes all.
void pairs_find(struct pairs *pairs, const struct book *book);

#endif
