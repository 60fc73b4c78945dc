// EXPECT file=omp.c check=omp-weight verdict=WRONG says="Somewhere the sum is kept in an int"
// Believed: an int is large enough. The balls of one thread fit, their weight does not.

#include "race.h"

void race_omp(struct race *r) {
#pragma omp parallel
    {
        unsigned mine[61] = {0};
#pragma omp for
        for (long ball = 0; ball < r->balls; ball++)
            mine[race_fall(r, ball)] += (unsigned)r->weight;
#pragma omp critical
        for (int b = 0; b < r->bins; b++)
            r->bin[b] = (unsigned)r->bin[b] + mine[b];
    }
}
