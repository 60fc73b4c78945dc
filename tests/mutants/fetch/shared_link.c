// EXPECT file=omp.c check=omp-equal verdict=RACE says="A link carries one at a time"
// Believed: one link is enough for all threads. It carries one download at a time.

#include "fetch.h"

void fetch_omp(struct fetch *f) {
    struct link *link;
#pragma omp parallel
    {
#pragma omp single
        link = fetch_open(f);
#pragma omp for schedule(dynamic)
        for (long i = 0; i < f->count; i++)
            while (fetch_get(link, i) == FETCH_RETRY)
                continue;
    }
    fetch_close(link);
}
