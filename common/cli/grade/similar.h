// SPDX-License-Identifier: MIT
//
// similar.h: which submissions have much text in common.
//
// Theory of operation. Winnowing (S. Schleimer, D. Wilkerson, A. Aiken: Winnowing, local algorithms
// for document fingerprinting, SIGMOD 2003). A file becomes its tokens, without comments, blanks and
// the names that a student chose (every identifier is one token), so that renaming hides
// nothing. Every K tokens in a row have a hash; of every WINDOW hashes in a row the smallest is kept. So
// any text of K + WINDOW - 1 tokens that two files share is found, and a file has few
// fingerprints. Those of the starter are taken off. Two submissions are as similar as the share of
// the smaller one's fingerprints that the other has.
//
// A number says only where to look: short labs leave little choice, and a team may share by leave.

#ifndef TWOFOLD_GRADE_SIMILAR_H
#define TWOFOLD_GRADE_SIMILAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { GRAM = 12, WINDOW = 8 };

// A set of fingerprints, sorted, each once. All zero: empty.
struct prints {
    size_t count;
    uint64_t *at;
};

// Adds those of a C text of `size` bytes.
void prints_add(struct prints *prints, const char *text, size_t size);
// Takes off what is in `known`.
void prints_subtract(struct prints *prints, const struct prints *known);
// How many are in both.
size_t prints_common(const struct prints *a, const struct prints *b);
// Their share of the smaller one, 0 to 1; 0 where it has fewer than `least`.
double prints_share(const struct prints *a, const struct prints *b, size_t least);
void prints_free(struct prints *prints);

#endif
