// EXPECT file=omp.c check=omp-build verdict=FORBIDDEN says="the kit owns main()"
// Attack: a main() that says all is well.

#include "heat.h"

int main(void) {
    return 0;
}

void heat_omp(struct heat *h) {
    for (int step = 0; step < h->steps; step++) {
#pragma omp parallel for schedule(static)
        for (int row = 1; row <= h->rows; row++)
            heat_row(h, row, 1, h->cols + 1);
        heat_swap(h);
    }
}
