// EXPECT file=omp.c check=omp-build verdict=BUILD says="omp.c"
// Attack: brackets in brackets, as deep as the compiler's own stack.

#include "heat.h"

#define A ((((((((((((((((
#define B A A A A A A A A A A A A A A A A
#define C B B B B B B B B B B B B B B B B
#define D C C C C C C C C C C C C C C C C

int deep = D D D D 1;

void heat_omp(struct heat *h) {
    for (int step = 0; step < h->steps; step++) {
#pragma omp parallel for schedule(static)
        for (int row = 1; row <= h->rows; row++)
            heat_row(h, row, 1, h->cols + 1);
        heat_swap(h);
    }
}
