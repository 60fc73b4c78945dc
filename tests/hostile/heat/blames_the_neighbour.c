// EXPECT file=omp.c check=omp-build verdict=BUILD says="omp.c"
// Attack: an error that claims to stand in the file of the ranks.

#include "heat.h"

#line 12 "mpi.c"
int wrong = "text" * 2;

void heat_omp(struct heat *h) {
    for (int step = 0; step < h->steps; step++) {
#pragma omp parallel for schedule(static)
        for (int row = 1; row <= h->rows; row++)
            heat_row(h, row, 1, h->cols + 1);
        heat_swap(h);
    }
}
