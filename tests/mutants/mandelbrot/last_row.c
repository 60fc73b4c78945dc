// EXPECT file=omp.c check=omp-equal verdict=WRONG says="ever written"
// Believed: the rows 0 .. n-1 are the rows below n - 1. The last one is never computed.

#include "mandelbrot.h"

void mandelbrot_omp(struct mandelbrot *m) {
#pragma omp parallel for schedule(dynamic)
    for (int row = 0; row < m->n - 1; row++)
        mandelbrot_row(m, row, m->count + (size_t)row * m->n);
}
