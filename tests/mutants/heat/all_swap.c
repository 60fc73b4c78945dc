// EXPECT file=omp.c check=omp-equal verdict=WRONG says="the new temperatures are in the other buffer"
// Believed: every thread has to swap the buffers, one at a time. There is one pair of buffers: two
// threads that swap it undo each other's swap.

#include "heat.h"

void heat_omp(struct heat *h) {
#pragma omp parallel
    for (int step = 0; step < h->steps; step++) {
#pragma omp for schedule(static)
        for (int row = 1; row <= h->rows; row++)
            heat_row(h, row, 1, h->cols + 1);
#pragma omp critical
        heat_swap(h);
#pragma omp barrier
    }
}
