// EXPECT file=omp.c check=omp-parallel verdict=SERIAL says="did the work"
// Believed: `single` keeps two threads from adding at the same time. It also keeps all but one of them
// from working.

#include "race.h"

#include <omp.h>

void race_omp(struct race *r) {
    long *bin = r->bin;
#pragma omp parallel
#pragma omp single
    for (long ball = 0; ball < r->balls; ball++)
        bin[race_fall(r, ball)] += r->weight;
}
