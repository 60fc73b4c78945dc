// EXPECT file=omp.c check=omp-build verdict=BUILD says="omp.c"
// Attack: the assembler is to write two gigabytes.

#include "heat.h"

__asm__(".fill 2000000000, 1, 7");

void heat_omp(struct heat *h) {
    for (int step = 0; step < h->steps; step++) {
#pragma omp parallel for schedule(static)
        for (int row = 1; row <= h->rows; row++)
            heat_row(h, row, 1, h->cols + 1);
        heat_swap(h);
    }
}
