// SPDX-License-Identifier: MIT
//
// items.h: what the marks of a class say of each check: how many pass it, how hard it is, and whether
// those who do well elsewhere do well there (classical test theory).
//
// Who handed in nothing, or could not be judged, says nothing of a check. Discrimination is the
// corrected correlation of item and total: Pearson's r between the share of this check's points and
// the share of all others' together. Ebel's rule of thumb: 0.4 and more is very good, below 0.2 a
// check is to be looked at (Ebel and Frisbie, Essentials of Educational Measurement, 1991, chapter 13).

#ifndef TWOFOLD_GRADE_ITEMS_H
#define TWOFOLD_GRADE_ITEMS_H

#include "book.h"

enum { ITEMS_LEAST = 10 }; // students, for a discrimination

struct item {
    const char *id, *title;
    size_t judged, passed;
    size_t skipped;        // of judged: never came to it, for an earlier check failed
    double share;          // mean share of its points, 0 to 1; NAN: nobody was judged
    double discrimination; // -1 to 1, over those who came to it; NAN: too few, or all have the same
};

// Fills item[], a check each, in the order of the rubric; how many there are.
int items_fill(const struct book *book, struct item item[CHECKS_MAX]);

// On which cores speed was timed, and what else was on them, a sentence for a page; "": nothing was.
void items_timing(const struct score *score, size_t count, char *text, size_t cap);

#endif
