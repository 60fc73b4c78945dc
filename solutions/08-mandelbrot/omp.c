// SPDX-License-Identifier: MIT
//
// omp.c: the threads of a team compute the picture. The schedule is the whole solution: a thread
// that has finished its row takes the next one that nobody has. A row may cost a thousand times
// what another costs, and nobody knows which before they are done.

#include "mandelbrot.h"

void mandelbrot_omp(struct mandelbrot *m) {
    // Decompose: row by row, dealt out while the loop runs. A row costs so much more than taking it
    // that taking several at a time would gain nothing, and end less evenly.
    // Compute and combine: each thread writes its rows where they belong in the shared picture.
    // Check: no two threads write the same row, and the loop ends when all rows are there.
#pragma omp parallel for schedule(dynamic, 1)
    for (int row = 0; row < m->n; row++)
        mandelbrot_row(m, row, m->count + (size_t)row * m->n);
}
