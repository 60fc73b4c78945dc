// SPDX-License-Identifier: MIT
// EXPECT nothing
//
// One thread does.

#include <stdio.h>

static double one[64], two[64];

int main(void) {
    double *old = one, *new = two;
#pragma omp parallel
    for (int step = 0; step < 4; step++) {
#pragma omp for
        for (int i = 1; i < 63; i++)
            new[i] = (old[i - 1] + old[i + 1]) / 2;
#pragma omp single
        {
            double *t = old;
            old = new;
            new = t;
        }
    }
    printf("%g\n", old[1]);
    return 0;
}
