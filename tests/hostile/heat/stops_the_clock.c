// EXPECT file=omp.c check=omp-build verdict=FORBIDDEN says="clock"
// Attack: a clock of its own tells the kit that no time has passed.

#include "heat.h"

#include <time.h>

int clock_gettime(clockid_t clock, struct timespec *now) {
    (void)clock;
    now->tv_sec = now->tv_nsec = 0;
    return 0;
}

void heat_omp(struct heat *h) {
    for (int step = 0; step < h->steps; step++) {
#pragma omp parallel for schedule(static)
        for (int row = 1; row <= h->rows; row++)
            heat_row(h, row, 1, h->cols + 1);
        heat_swap(h);
    }
}
