// EXPECT file=omp.c check=omp-build verdict=BUILD says="now"
// Attack: has functions of the kit's own names, the clock among them, that the linker may take in
// their place.

#include "heat.h"

double now(void) {
    return 0;
}

double cpu_seconds(void) {
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
