// EXPECT file=omp.c check=omp-race verdict=RACE says="`r->bin`"
// Believed: += is one step. It is three, and between them another thread may do its own.

#include "race.h"

void race_omp(struct race *r) {
#pragma omp parallel for
    for (long ball = 0; ball < r->balls; ball++)
        r->bin[race_fall(r, ball)] += r->weight;
}
