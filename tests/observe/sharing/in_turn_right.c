// SPDX-License-Identifier: MIT
// EXPECT nothing
//
// Each takes a block. The blocks begin anywhere, so two threads meet on three cache lines.

#include <stdio.h>

static double square[40001];

int main(void) {
    double all = 0;
#pragma omp parallel for schedule(static)
    for (int i = 1; i < 40001; i++)
        square[i] = (double)i * i;
    for (int i = 1; i < 40001; i++)
        all += square[i];
    printf("%g\n", all);
    return 0;
}
