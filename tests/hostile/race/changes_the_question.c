// EXPECT file=omp.c check=omp-equal verdict=WRONG says="bytes"
// Attack: drops no ball and says that none was asked for.

#include "race.h"

void race_omp(struct race *r) {
    r->balls = 0;
    r->weight = 0;
    r->bins = 0;
}
