// EXPECT file=omp.c check=omp-build verdict=FORBIDDEN says="main"
// Believed: every C file needs a main(). The kit owns it.

#include "heat.h"

#include <stdio.h>

void heat_omp(struct heat *h) {
    for (int step = 0; step < h->steps; step++) {
#pragma omp parallel for schedule(static)
        for (int row = 1; row <= h->rows; row++)
            heat_row(h, row, 1, h->cols + 1);
        heat_swap(h);
    }
}

int main(void) {
    struct heat h = {0};
    heat_omp(&h);
    printf("done\n");
    return 0;
}
