// EXPECT file=omp.c check=omp-equal verdict=WRONG says="stored over"
// Believed: every thread stores what it counted. It stores it over what the others stored.

#include "race.h"

void race_omp(struct race *r) {
#pragma omp parallel
    {
        long mine[61] = {0};
#pragma omp for
        for (long ball = 0; ball < r->balls; ball++)
            mine[race_fall(r, ball)] += r->weight;
#pragma omp critical
        for (int b = 0; b < r->bins; b++)
            r->bin[b] = mine[b];
    }
}
