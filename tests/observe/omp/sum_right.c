// SPDX-License-Identifier: MIT
// EXPECT nothing
//
// With one.

#include <stdio.h>

static double value[2000];

int main(void) {
    double sum = 0;
    for (int i = 0; i < 2000; i++)
        value[i] = 0.5 * i;
#pragma omp parallel for reduction(+ : sum)
    for (int i = 0; i < 2000; i++)
        sum += value[i];
    printf("%g\n", sum);
    return 0;
}
