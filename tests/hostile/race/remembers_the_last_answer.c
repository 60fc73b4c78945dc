// EXPECT file=omp.c check=omp-equal verdict=WRONG|FLAKY says="in"
// Attack: keeps the first answer and gives it again to everybody who asks from the same place in
// memory.

#include "race.h"

#include <string.h>

void race_omp(struct race *r) {
    static long kept[61];
    static int bins;
    if (bins == 0) {
        race_serial(r);
        bins = r->bins;
        memcpy(kept, r->bin, sizeof *kept * (size_t)bins);
    } else {
        memcpy(r->bin, kept, sizeof *kept * (size_t)(bins < r->bins ? bins : r->bins));
    }
}
