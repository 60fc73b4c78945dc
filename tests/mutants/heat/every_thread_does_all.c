// EXPECT file=omp.c check=omp-parallel verdict=SERIAL says="the CPU time of the serial version"
// Believed: "parallel" shares out the loop below it. Every thread computes every row; all write the
// same, so the plate is right.

#include "heat.h"

void heat_omp(struct heat *h) {
    for (int step = 0; step < h->steps; step++) {
#pragma omp parallel
        for (int row = 1; row <= h->rows; row++)
            heat_row(h, row, 1, h->cols + 1);
        heat_swap(h);
    }
}
