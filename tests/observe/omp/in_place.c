// SPDX-License-Identifier: MIT
// EXPECT race lines=14 variable=rod
//
// Each point from its neighbours, in the array they are read from.

#include <stdio.h>

static double rod[500], next[500];

int main(void) {
    rod[0] = 100;
#pragma omp parallel for
    for (int i = 1; i < 499; i++)
        rod[i] = (rod[i - 1] + rod[i + 1]) / 2;
    printf("%g %g\n", rod[1], next[1]);
    return 0;
}
