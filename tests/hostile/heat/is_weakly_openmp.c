// EXPECT file=omp.c check=omp-build verdict=FORBIDDEN says="omp_get_wtime"
// Attack: a weak definition, of which the linker says nothing.

#include "heat.h"

__attribute__((weak)) double omp_get_wtime(void) {
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
