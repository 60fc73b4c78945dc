// SPDX-License-Identifier: MIT
//
// atomic.c: given, to compare with. Read, add and write are one instruction that no other core can
// come between. There is no queue; but the core must have the bin's cache line for itself, and all
// want the same few lines.

#include "race.h"

void race_atomic(struct race *r) {
#pragma omp parallel for
    for (long ball = 0; ball < r->balls; ball++) {
        const int b = race_fall(r, ball);
#pragma omp atomic
        r->bin[b] += r->weight;
    }
}
