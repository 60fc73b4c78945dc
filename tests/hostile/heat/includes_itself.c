// EXPECT file=omp.c check=omp-build verdict=BUILD says="omp.c"
// Attack: a file that includes itself.

#include "heat.h"

#ifndef AGAIN
#define DEEPER
#endif
#include "omp.c"

void heat_omp(struct heat *h) {
    for (int step = 0; step < h->steps; step++) {
#pragma omp parallel for schedule(static)
        for (int row = 1; row <= h->rows; row++)
            heat_row(h, row, 1, h->cols + 1);
        heat_swap(h);
    }
}
