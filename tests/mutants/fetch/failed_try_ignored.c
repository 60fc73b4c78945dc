// EXPECT file=omp.c check=omp-retry verdict=WRONG says="What does fetch_get() return then"
// Believed: a download that returns has succeeded.

#include "fetch.h"

void fetch_omp(struct fetch *f) {
#pragma omp parallel
    {
        struct link *link = fetch_open(f);
#pragma omp for schedule(dynamic)
        for (long i = 0; i < f->count; i++)
            fetch_get(link, i);
        fetch_close(link);
    }
}
