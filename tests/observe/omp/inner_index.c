// SPDX-License-Identifier: MIT
// EXPECT race lines=14 variable=j
//
// The index of the inner loop is shared.

#include <stdio.h>

static int grid[40][40];

int main(void) {
    int j;
#pragma omp parallel for
    for (int i = 0; i < 40; i++)
        for (j = 0; j < 40; j++)
            grid[i][j] = i + j;
    printf("%d\n", grid[3][4]);
    return 0;
}
