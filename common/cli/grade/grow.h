// SPDX-License-Identifier: MIT
//
// grow.h: a list that grows by one.

#ifndef TWOFOLD_GRADE_GROW_H
#define TWOFOLD_GRADE_GROW_H

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

// Room for one more element behind `count` of them, of `size` bytes each: the list, moved perhaps.
// Ends the program where there is no memory left: what is in the journal stays there.
static inline void *grow(void *list, size_t count, size_t size) {
    if (count & (count - 1)) // doubled at 1, 2, 4 ...
        return list;
    void *const more = realloc(list, (count ? 2 * count : 1) * size);
    if (!more) {
        fputs("twofold grade: there is no memory left; what is graded is kept.\n", stderr);
        exit(2);
    }
    return more;
}

#endif
