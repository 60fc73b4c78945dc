// EXPECT file=omp.c check=omp-equal verdict=WRONG says="No row was ever written"
// Believed: a program's answer is what it prints. The picture is never filled.

#include "mandelbrot.h"

#include <stdio.h>
#include <stdlib.h>

void mandelbrot_omp(struct mandelbrot *m) {
#pragma omp parallel for schedule(dynamic)
    for (int row = 0; row < m->n; row++) {
        uint32_t *line = malloc(m->n * sizeof *line);
        mandelbrot_row(m, row, line);
        printf("row %d: %u ... %u\n", row, line[0], line[m->n - 1]);
        free(line);
    }
}
