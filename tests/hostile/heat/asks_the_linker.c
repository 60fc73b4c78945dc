// EXPECT file=omp.c check=omp-build verdict=BUILD|FORBIDDEN says="omp.c"
// Attack: a second entry into the program, of its own.

#include "heat.h"

void _start(void);
void _start(void) {
    __builtin_trap();
}

void heat_omp(struct heat *h) {
    for (int step = 0; step < h->steps; step++) {
#pragma omp parallel for schedule(static)
        for (int row = 1; row <= h->rows; row++)
            heat_row(h, row, 1, h->cols + 1);
        heat_swap(h);
    }
}
