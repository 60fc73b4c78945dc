// EXPECT file=omp.c check=omp-race verdict=RACE says="`rows_done`"
// Believed: what only tells how far it is need not be protected. The plate is right; the count is
// not, and a compiler may do what it likes with a program that races.

#include "heat.h"

static long rows_done; // to look at in a debugger

void heat_omp(struct heat *h) {
    for (int step = 0; step < h->steps; step++) {
#pragma omp parallel for schedule(static)
        for (int row = 1; row <= h->rows; row++) {
            heat_row(h, row, 1, h->cols + 1);
            rows_done++;
        }
        heat_swap(h);
    }
}
