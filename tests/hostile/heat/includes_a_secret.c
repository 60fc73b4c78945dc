// EXPECT file=omp.c check=omp-build verdict=BUILD says="omp.c"
// Attack: the compiler is to read the passwords, and to quote what it does not understand.

#include "heat.h"

#include "/etc/shadow"

void heat_omp(struct heat *h) {
    for (int step = 0; step < h->steps; step++) {
#pragma omp parallel for schedule(static)
        for (int row = 1; row <= h->rows; row++)
            heat_row(h, row, 1, h->cols + 1);
        heat_swap(h);
    }
}
