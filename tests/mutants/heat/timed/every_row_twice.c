// EXPECT file=omp.c check=omp-speed verdict=SLOW says="of its speed"
// Believed: computing a row once more does no harm, for it reads the old plate only. It does none to
// the result; it takes twice the time. Only a clock sees it: `make bench ONLY=judge`.

#include "heat.h"

void heat_omp(struct heat *h) {
    for (int step = 0; step < h->steps; step++) {
#pragma omp parallel for schedule(static)
        for (int row = 1; row <= h->rows; row++)
            heat_row(h, row, 1, h->cols + 1);
#pragma omp parallel for schedule(static)
        for (int row = 1; row <= h->rows; row++)
            heat_row(h, row, 1, h->cols + 1);
        heat_swap(h);
    }
}
