// SPDX-License-Identifier: MIT
// EXPECT nothing
//
// The second field begins on the next cache line.

#include <stdio.h>

static struct {
    _Alignas(64) double low;
    _Alignas(64) double high;
} sum;
static double value[40000];

int main(void) {
    for (int i = 0; i < 40000; i++)
        value[i] = 0.25 * i;
#pragma omp parallel sections
    {
#pragma omp section
        for (int i = 0; i < 20000; i++)
            sum.low += value[i];
#pragma omp section
        for (int i = 20000; i < 40000; i++)
            sum.high += value[i];
    }
    printf("%g %g\n", sum.low, sum.high);
    return 0;
}
