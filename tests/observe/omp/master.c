// SPDX-License-Identifier: MIT
// EXPECT race lines=13,16 variable=scale
//
// master has no barrier at its end.

#include <stdio.h>

int main(void) {
    double scale = 0, sum = 0;
#pragma omp parallel
    {
#pragma omp master
        scale = 2.5;
#pragma omp for reduction(+ : sum)
        for (int i = 0; i < 100; i++)
            sum += scale * i;
    }
    printf("%g\n", sum);
    return 0;
}
