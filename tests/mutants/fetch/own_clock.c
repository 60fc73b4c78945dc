// EXPECT file=omp.c check=omp-build verdict=FORBIDDEN says="omp_get_wtime"
// Believed: a clock that stands still makes a fast program.

#include "fetch.h"

double omp_get_wtime(void) {
    return 0;
}

void fetch_omp(struct fetch *f) {
#pragma omp parallel
    {
        struct link *link = fetch_open(f);
#pragma omp for schedule(dynamic)
        for (long i = 0; i < f->count; i++)
            while (fetch_get(link, i) == FETCH_RETRY)
                continue;
        fetch_close(link);
    }
}
