// EXPECT file=omp.c check=omp-parallel verdict=SLOW says="the busiest of 4 threads"
// Believed: equal numbers of rows are equal work. Rows differ a hundredfold.

#include "mandelbrot.h"

void mandelbrot_omp(struct mandelbrot *m) {
#pragma omp parallel for schedule(static)
    for (int row = 0; row < m->n; row++)
        mandelbrot_row(m, row, m->count + (size_t)row * m->n);
}
