// EXPECT file=omp.c check=omp-build verdict=FORBIDDEN says="looks for functions by name"
// Attack: finds out at run time what the linker did not see.

#include "heat.h"

#include <dlfcn.h>

void heat_omp(struct heat *h) {
    int (*const quit)(int) = (int (*)(int))dlsym(0, "exit");
    if (quit)
        quit(0);
    for (int step = 0; step < h->steps; step++) {
#pragma omp parallel for schedule(static)
        for (int row = 1; row <= h->rows; row++)
            heat_row(h, row, 1, h->cols + 1);
        heat_swap(h);
    }
}
