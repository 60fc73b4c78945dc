// EXPECT file=omp.c check=omp-equal verdict=RACE says="written over old ones"
// Believed: one buffer is enough, as each cell is computed once a step. Its neighbours then see the
// new temperature where they need the old one.

#include "heat.h"

void heat_omp(struct heat *h) {
    for (int step = 0; step < h->steps; step++) {
#pragma omp parallel for schedule(static)
        for (int row = 1; row <= h->rows; row++)
            for (int col = 1; col <= h->cols; col++)
                *heat_at(h, row, col) = heat_cell(heat_at(h, row, col), h->stride);
    }
}
