// EXPECT file=omp.c check=omp-equal verdict=WRONG says="times too much. Does every one of the"
// Believed: `parallel` shares out the loop below it. Without `for` every thread runs all of it.

#include "race.h"

void race_omp(struct race *r) {
    long *bin = r->bin;
#pragma omp parallel reduction(+ : bin[:r->bins])
    for (long ball = 0; ball < r->balls; ball++)
        bin[race_fall(r, ball)] += r->weight;
}
