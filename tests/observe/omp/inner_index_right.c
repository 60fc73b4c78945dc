// SPDX-License-Identifier: MIT
// EXPECT nothing
//
// It is private.

#include <stdio.h>

static int grid[40][40];

int main(void) {
    int j;
#pragma omp parallel for private(j)
    for (int i = 0; i < 40; i++)
        for (j = 0; j < 40; j++)
            grid[i][j] = i + j;
    printf("%d\n", grid[3][4]);
    return 0;
}
