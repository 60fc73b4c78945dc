// SPDX-License-Identifier: MIT
//
// row.c: the counts of a row, given. Neighbouring pixels go through the steps side by side, LANES
// at a time. A pixel alone would leave the core waiting: each of its steps needs the result of
// the one before. And the compiler turns loops over lanes into vector instructions. The price: a
// lane whose point has escaped runs idle until the last of its group has.

#include "kit.h"
#include "mandelbrot.h"

enum {
    LANES = 16, // enough for the core to have something to do while each lane waits for itself
    STEPS = 8   // steps between two looks at whether anybody is still inside
};

// The points x + iy of columns first .. first + LANES - 1; columns from `hi` on are copies of
// column hi - 1, so that every lane has a point.
static void count_lanes(const struct mandelbrot *m, int row, int first, int hi,
                        double count[LANES]) {
    double cx[LANES], x[LANES], y[LANES];
    double inside[LANES]; // 1 while |z| <= 2; 0 from the first time it is not
    const double cy = m->top - row * m->step;
    for (int lane = 0; lane < LANES; lane++) {
        int column = first + lane < hi ? first + lane : hi - 1;
        cx[lane] = m->left + column * m->step;
        x[lane] = y[lane] = 0;
        inside[lane] = 1;
        count[lane] = 0;
    }
    for (int done = 0; done < m->iterations; done += STEPS) {
        for (int s = 0; s < STEPS; s++) {
            for (int lane = 0; lane < LANES; lane++) {
                double xx = x[lane] * x[lane], yy = y[lane] * y[lane];
                inside[lane] = xx + yy <= 4.0 ? inside[lane] : 0;
                count[lane] += inside[lane];
                y[lane] = 2 * x[lane] * y[lane] + cy;
                x[lane] = xx - yy + cx[lane];
            }
        }
        double still = 0;
        for (int lane = 0; lane < LANES; lane++)
            still += inside[lane];
        if (still == 0)
            break;
    }
}

void mandelbrot_piece(const struct mandelbrot *m, int row, int lo, int hi, uint32_t *count) {
    for (int first = lo; first < hi; first += LANES) {
        double steps[LANES];
        uint64_t done = 0;
        count_lanes(m, row, first, hi, steps);
        for (int column = first; column < hi && column < first + LANES; column++) {
            // The last look may come up to STEPS - 1 steps late.
            double capped = steps[column - first];
            if (capped > m->iterations)
                capped = m->iterations;
            count[column - lo] = (uint32_t)capped;
            done += (uint64_t)capped;
        }
        work_done(done);
    }
}

void mandelbrot_row(const struct mandelbrot *m, int row, uint32_t *count) {
    mandelbrot_piece(m, row, 0, m->n, count);
}
