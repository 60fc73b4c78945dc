// SPDX-License-Identifier: MIT
//
// serial.c: one worker computes the picture from the top row to the bottom row.

#include "mandelbrot.h"

void mandelbrot_serial(struct mandelbrot *m) {
    for (int row = 0; row < m->n; row++)
        mandelbrot_row(m, row, m->count + (size_t)row * m->n);
}
