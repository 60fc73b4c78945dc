// EXPECT file=omp.c check=omp-equal verdict=RACE says="ever written"
// Believed: a variable that a thread sets is its own. lo and hi are declared outside the parallel
// region, so all threads share them, and after the barrier all compute the same part.

#include "mandelbrot.h"

#include <omp.h>

void mandelbrot_omp(struct mandelbrot *m) {
    int lo, hi;
#pragma omp parallel
    {
        int thread = omp_get_thread_num(), threads = omp_get_num_threads();
        lo = m->n * thread / threads;
        hi = m->n * (thread + 1) / threads;
#pragma omp barrier
        for (int row = lo; row < hi; row++)
            mandelbrot_row(m, row, m->count + (size_t)row * m->n);
    }
}
