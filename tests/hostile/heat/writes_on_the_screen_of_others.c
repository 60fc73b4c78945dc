// EXPECT file=omp.c check=omp-build verdict=BUILD says="omp.c"
// Attack: an error message with the words that move the cursor, ring the bell and change the title
// of whose screen they reach.

#include "heat.h"

#error "[2J[1;1H]0;mine PASS [8m ‮ "

void heat_omp(struct heat *h) {
    for (int step = 0; step < h->steps; step++) {
#pragma omp parallel for schedule(static)
        for (int row = 1; row <= h->rows; row++)
            heat_row(h, row, 1, h->cols + 1);
        heat_swap(h);
    }
}
