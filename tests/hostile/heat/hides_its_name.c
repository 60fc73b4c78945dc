// EXPECT file=omp.c check=omp-build verdict=FORBIDDEN says="prctl"
// Attack: takes another name, so that whoever watches from outside thinks that the call is over.

#include "heat.h"

#include <sys/prctl.h>

void heat_omp(struct heat *h) {
    prctl(PR_SET_NAME, "twofold:done");
    for (int step = 0; step < h->steps; step++) {
#pragma omp parallel for schedule(static)
        for (int row = 1; row <= h->rows; row++)
            heat_row(h, row, 1, h->cols + 1);
        heat_swap(h);
    }
}
