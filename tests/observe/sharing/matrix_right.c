// SPDX-License-Identifier: MIT
// EXPECT nothing
//
// A product of small matrices by rows, which end anywhere on a cache line.

#include <stdio.h>

enum { N = 30 };
static double a[N][N], b[N][N], c[N][N];

int main(void) {
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) {
            a[i][j] = i + j;
            b[i][j] = i - j;
        }
#pragma omp parallel for
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++)
            for (int k = 0; k < N; k++)
                c[i][j] += a[i][k] * b[k][j];
    printf("%g\n", c[N - 1][1]);
    return 0;
}
