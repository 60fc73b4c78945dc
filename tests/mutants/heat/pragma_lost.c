// EXPECT file=omp.c check=omp-parallel verdict=SERIAL says="only 1 of 4 threads did the work"
// Believed: "omp parallel" stands somewhere, so it runs in parallel. The team is made, and one of
// its threads takes all rows, step for step.

#include "heat.h"

void heat_omp(struct heat *h) {
    for (int step = 0; step < h->steps; step++) {
#pragma omp parallel
#pragma omp master
        for (int row = 1; row <= h->rows; row++)
            heat_row(h, row, 1, h->cols + 1);
        heat_swap(h);
    }
}
