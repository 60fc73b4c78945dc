// EXPECT file=omp.c check=omp-equal verdict=WRONG says="the last one"
// Believed: swapping makes room for a step, so it is done before each step but the first. The last
// step stays in h->next.

#include "heat.h"

void heat_omp(struct heat *h) {
    for (int step = 0; step < h->steps; step++) {
        if (step > 0)
            heat_swap(h);
#pragma omp parallel for schedule(static)
        for (int row = 1; row <= h->rows; row++)
            heat_row(h, row, 1, h->cols + 1);
    }
}
