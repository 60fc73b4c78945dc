// EXPECT file=omp.c check=omp-equal verdict=WRONG says="transposed"
// Believed: the pixels of a row are n apart in memory. Those of a column are.

#include "mandelbrot.h"

#include <stdlib.h>

void mandelbrot_omp(struct mandelbrot *m) {
    const int n = m->n;
#pragma omp parallel
    {
        uint32_t *line = malloc(n * sizeof *line + 1);
#pragma omp for schedule(dynamic)
        for (int row = 0; row < n; row++) {
            mandelbrot_row(m, row, line);
            for (int column = 0; column < n; column++)
                m->count[(size_t)column * n + row] = line[column];
        }
        free(line);
    }
}
