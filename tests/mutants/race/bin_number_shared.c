// EXPECT file=omp.c check=omp-race verdict=RACE says="`b`"
// Believed: a critical section protects what is in it. The number of the bin was made outside, in a
// variable that all threads share, and may be another ball's by now.

#include "race.h"

static int b; // a tidy student declares variables at the top

void race_omp(struct race *r) {
#pragma omp parallel for
    for (long ball = 0; ball < r->balls; ball++) {
        b = race_fall(r, ball);
#pragma omp critical
        r->bin[b] += r->weight;
    }
}
