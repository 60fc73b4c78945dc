// EXPECT file=omp.c check=omp-equal verdict=WRONG says="rest of"
// Believed: balls / threads balls a thread are all balls. The rest of the division is nobody's.

#include "race.h"

#include <omp.h>

void race_omp(struct race *r) {
    long *bin = r->bin;
#pragma omp parallel reduction(+ : bin[:r->bins])
    {
        const long each = r->balls / omp_get_num_threads(), from = each * omp_get_thread_num();
        for (long ball = from; ball < from + each; ball++)
            bin[race_fall(r, ball)] += r->weight;
    }
}
