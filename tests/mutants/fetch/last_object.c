// EXPECT file=omp.c check=omp-equal verdict=WRONG says="No object came"
// Believed: the objects 0 .. count-1 are those below count - 1. The last one is never asked for;
// where there is one object, it is that one.

#include "fetch.h"

void fetch_omp(struct fetch *f) {
#pragma omp parallel
    {
        struct link *link = fetch_open(f);
#pragma omp for schedule(dynamic)
        for (long i = 0; i < f->count - 1; i++)
            while (fetch_get(link, i) == FETCH_RETRY)
                continue;
        fetch_close(link);
    }
}
