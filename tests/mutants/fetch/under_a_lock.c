// EXPECT file=omp.c check=omp-overlap verdict=SERIAL says="in its hands at once, with 8"
// Believed: downloads must not run at the same time, for they write to one array. Each writes an
// entry of its own; now all threads wait for one another.

#include "fetch.h"

void fetch_omp(struct fetch *f) {
#pragma omp parallel
    {
        struct link *link = fetch_open(f);
#pragma omp for schedule(dynamic)
        for (long i = 0; i < f->count; i++) {
#pragma omp critical
            while (fetch_get(link, i) == FETCH_RETRY)
                continue;
        }
        fetch_close(link);
    }
}
