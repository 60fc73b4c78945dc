// EXPECT file=omp.c check=omp-equal verdict=WRONG says="holds 0, as h->next does before it is written"
// Believed: rows / threads rows a thread are all rows. The rest of the division is nobody's.

#include "heat.h"

#include <omp.h>

void heat_omp(struct heat *h) {
    for (int step = 0; step < h->steps; step++) {
#pragma omp parallel
        {
            int share = h->rows / omp_get_num_threads();
            int first = 1 + omp_get_thread_num() * share;
            for (int row = first; row < first + share; row++)
                heat_row(h, row, 1, h->cols + 1);
        }
        heat_swap(h);
    }
}
