// EXPECT file=omp.c check=omp-equal verdict=WRONG says="the plate is the one of a step later"
// Believed: steps are counted from 0 to h->steps, both ends included.

#include "heat.h"

void heat_omp(struct heat *h) {
    for (int step = 0; step <= h->steps; step++) {
#pragma omp parallel for schedule(static)
        for (int row = 1; row <= h->rows; row++)
            heat_row(h, row, 1, h->cols + 1);
        heat_swap(h);
    }
}
