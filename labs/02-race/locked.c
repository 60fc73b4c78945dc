// SPDX-License-Identifier: MIT
//
// locked.c: given, to compare with. Only one thread at a time is in the critical section, so no
// ball gets lost. There are as many locks and unlocks as balls, and the threads stand in a queue.

#include "race.h"

void race_locked(struct race *r) {
#pragma omp parallel for
    for (long ball = 0; ball < r->balls; ball++) {
        const int b = race_fall(r, ball);
#pragma omp critical
        r->bin[b] += r->weight;
    }
}
