// EXPECT file=omp.c check=omp-parallel verdict=SERIAL says="the work of the serial version"
// Believed: "parallel" is enough. Without "for" every thread computes every row; the picture is
// right, for all of them write the same.

#include "mandelbrot.h"

void mandelbrot_omp(struct mandelbrot *m) {
#pragma omp parallel
    for (int row = 0; row < m->n; row++)
        mandelbrot_row(m, row, m->count + (size_t)row * m->n);
}
