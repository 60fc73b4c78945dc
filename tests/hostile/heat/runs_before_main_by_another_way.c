// EXPECT file=omp.c check=omp-equal verdict=CRASH says="left before it had a result"
// Attack: no constructor, but a function that the loader itself must ask which one is meant, before
// main() begins.

#include "heat.h"

#include <unistd.h>

static void mine(void) {
}

static void (*choose(void))(void) {
    _exit(0);
    return mine;
}

void chosen(void) __attribute__((ifunc("choose")));

void heat_omp(struct heat *h) {
    chosen();
    for (int step = 0; step < h->steps; step++) {
#pragma omp parallel for schedule(static)
        for (int row = 1; row <= h->rows; row++)
            heat_row(h, row, 1, h->cols + 1);
        heat_swap(h);
    }
}
