// EXPECT file=omp.c check=omp-parallel verdict=SERIAL says="only 1 of 4 threads did the work"
// Believed: "parallel" shares out what stands below it. Then it must be "single", or all rows are
// computed by all; now they are computed by one.

#include "mandelbrot.h"

void mandelbrot_omp(struct mandelbrot *m) {
#pragma omp parallel
    {
#pragma omp single
        for (int row = 0; row < m->n; row++)
            mandelbrot_row(m, row, m->count + (size_t)row * m->n);
    }
}
