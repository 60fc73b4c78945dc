// EXPECT file=omp.c check=omp-build verdict=BUILD says="semicolon"
// Forgot the semicolon at the end of a line; the compiler complains of the line after it.

#include "mandelbrot.h"

void mandelbrot_omp(struct mandelbrot *m) {
    const int rows = m->n
#pragma omp parallel for schedule(dynamic)
    for (int row = 0; row < rows; row++)
        mandelbrot_row(m, row, m->count + (size_t)row * m->n);
}
