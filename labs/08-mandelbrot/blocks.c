// SPDX-License-Identifier: MIT
//
// blocks.c: given, to compare with. Each thread gets one block of neighbouring rows before the
// first is computed: as fair as can be in rows, and not at all in work.

#include "mandelbrot.h"

void mandelbrot_blocks(struct mandelbrot *m) {
#pragma omp parallel for schedule(static)
    for (int row = 0; row < m->n; row++)
        mandelbrot_row(m, row, m->count + (size_t)row * m->n);
}
