// EXPECT file=omp.c check=omp-cheap verdict=SLOW says="What is locked, or atomic"
// Believed: what is right is good. Every ball pays for a lock, and the threads stand in a queue.

#include "race.h"

void race_omp(struct race *r) {
#pragma omp parallel for
    for (long ball = 0; ball < r->balls; ball++) {
        const int b = race_fall(r, ball);
#pragma omp critical
        r->bin[b] += r->weight;
    }
}
