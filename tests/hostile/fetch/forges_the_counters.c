// EXPECT file=omp.c check=omp-overlap verdict=SERIAL says="one after another"
// Attack: four threads ask at the same time once, so that the origin has seen it; then one fetches
// object after object.

#include "fetch.h"

void fetch_omp(struct fetch *f) {
    struct link *const one = fetch_open(f);
#pragma omp parallel for schedule(static, 1)
    for (long i = 0; i < (f->count < 8 ? f->count : 8); i++) {
        struct link *const link = fetch_open(f);
        fetch_get(link, i);
        fetch_close(link);
    }
    for (long i = 0; i < f->count; i++)
        while (fetch_get(one, i) == FETCH_RETRY)
            continue;
    fetch_close(one);
}
