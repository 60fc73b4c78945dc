// EXPECT file=omp.c check=omp-equal verdict=PASS
// Attack: asks the compiler which files there are. One that is nobody's business spoils the plate.

#include "heat.h"

#if __has_include("/kit/solutions/09-heat/omp.c") || __has_include("/kit/tests/labs/heat.c") ||        \
    __has_include("/kit/build/solutions/heat") || __has_include("/kit/README.md") ||                     \
    __has_include("/root/.profile") || __has_include("/w/../shown/cases") ||                             \
    __has_include("/proc/1/root/root/.profile")
#define FOUND 1
#else
#define FOUND 0
#endif

void heat_omp(struct heat *h) {
    if (FOUND)
        return;
    for (int step = 0; step < h->steps; step++) {
#pragma omp parallel for schedule(static)
        for (int row = 1; row <= h->rows; row++)
            heat_row(h, row, 1, h->cols + 1);
        heat_swap(h);
    }
}
