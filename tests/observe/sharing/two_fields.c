// SPDX-License-Identifier: MIT
// EXPECT sharing lines=21,24 says="while another writes"
//
// Two sections add to two fields of a struct.

#include <stdio.h>

static struct {
    double low;
    double high;
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
