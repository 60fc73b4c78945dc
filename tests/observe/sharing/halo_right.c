// SPDX-License-Identifier: MIT
// EXPECT nothing
//
// A plate whose rows are no whole number of cache lines, in blocks, over many steps.

#include <stdio.h>

enum { ROWS = 42, COLUMNS = 43 };
static double old[ROWS][COLUMNS], new[ROWS][COLUMNS];

int main(void) {
    for (int j = 0; j < COLUMNS; j++)
        old[0][j] = new[0][j] = 1;
#pragma omp parallel
    for (int step = 0; step < 60; step++) {
#pragma omp for
        for (int i = 1; i < ROWS - 1; i++)
            for (int j = 1; j < COLUMNS - 1; j++)
                new[i][j] = (old[i - 1][j] + old[i + 1][j] + old[i][j - 1] + old[i][j + 1]) / 4;
#pragma omp for
        for (int i = 1; i < ROWS - 1; i++)
            for (int j = 1; j < COLUMNS - 1; j++)
                old[i][j] = new[i][j];
    }
    printf("%g\n", old[1][1]);
    return 0;
}
