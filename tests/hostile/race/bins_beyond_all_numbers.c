// EXPECT file=omp.c check=omp-equal verdict=WRONG says="in"
// Attack: leaves numbers that overflow whoever subtracts them.

#include "race.h"

#include <limits.h>

void race_omp(struct race *r) {
    for (int b = 0; b < r->bins; b++)
        r->bin[b] = b % 2 ? LONG_MIN : LONG_MAX;
}
