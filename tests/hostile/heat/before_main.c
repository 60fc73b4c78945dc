// EXPECT file=omp.c check=omp-build verdict=FORBIDDEN says="before or after main()"
// Attack: leaves with status 0 before main() begins.

#include "heat.h"

#include <unistd.h>

__attribute__((constructor)) static void early(void) {
    _exit(0);
}

void heat_omp(struct heat *h) {
    for (int step = 0; step < h->steps; step++) {
#pragma omp parallel for schedule(static)
        for (int row = 1; row <= h->rows; row++)
            heat_row(h, row, 1, h->cols + 1);
        heat_swap(h);
    }
}
