// SPDX-License-Identifier: MIT
// EXPECT sharing lines=20 variable=new says="elements of"
//
// Rows that are dealt out in turn, each as long as half a cache line.

#include <stdio.h>

enum { ROWS = 4000, COLUMNS = 4 };
static double old[ROWS][COLUMNS], new[ROWS][COLUMNS];

int main(void) {
    for (int i = 0; i < ROWS; i++)
        for (int j = 0; j < COLUMNS; j++)
            old[i][j] = i % 7 + j;
#pragma omp parallel for schedule(static, 1)
    for (int i = 1; i < ROWS - 1; i++)
        for (int step = 0; step < 4; step++)
            for (int j = 0; j < COLUMNS; j++)
                // (each as often as it takes to settle)
                new[i][j] = (old[i - 1][j] + new[i][j] + old[i + 1][j]) / 3;
    printf("%g\n", new[ROWS / 2][1]);
    return 0;
}
