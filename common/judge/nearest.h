// SPDX-License-Identifier: MIT
//
// nearest.h: which of a few names a mistyped word was meant to be. A header alone, since the
// dispatcher `twofold` links nothing.

#ifndef TWOFOLD_NEAREST_H
#define TWOFOLD_NEAREST_H

#include <stddef.h>
#include <string.h>

// The least number of letters to insert, remove, replace, or swap with their neighbour that makes b
// of a (Damerau 1964, Levenshtein 1965: each letter is touched once). Longer words: cut at 32.
static inline size_t nearest_distance(const char *a, const char *b) {
    enum { CUT = 32 };
    size_t d[CUT + 1][CUT + 1], n = strnlen(a, CUT), m = strnlen(b, CUT);
    for (size_t i = 0; i <= n; i++) {
        for (size_t j = 0; j <= m; j++) {
            if (i == 0 || j == 0) {
                d[i][j] = i + j;
                continue;
            }
            size_t best = d[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
            if (d[i - 1][j] + 1 < best)
                best = d[i - 1][j] + 1;
            if (d[i][j - 1] + 1 < best)
                best = d[i][j - 1] + 1;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                d[i - 2][j - 2] + 1 < best)
                best = d[i - 2][j - 2] + 1;
            d[i][j] = best;
        }
    }
    return d[n][m];
}

// The nearest of the names; NULL: none is near (more than a third of the letters differ, and the
// one is not the beginning of the other).
static inline const char *nearest(const char *word, const char *const *names, size_t count) {
    const char *best = NULL;
    size_t least = 0, length = strlen(word);
    for (size_t i = 0; i < count; i++) {
        size_t distance = nearest_distance(word, names[i]), longer = strlen(names[i]);
        size_t common = length < longer ? length : longer;
        if (common >= 2 && strncmp(word, names[i], common) == 0)
            distance = 1;
        longer = length > longer ? length : longer;
        if (3 * distance <= longer + 1 && (!best || distance < least)) {
            best = names[i];
            least = distance;
        }
    }
    return best;
}

#endif
