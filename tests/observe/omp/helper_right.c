// SPDX-License-Identifier: MIT
// EXPECT nothing
//
// Declared inside.

#include <stdio.h>

static double in[600], out[600];

int main(void) {
#pragma omp parallel for
    for (int i = 0; i < 600; i++) {
        double t = in[i] * in[i];
        out[i] = t + 1;
    }
    printf("%g\n", out[3]);
    return 0;
}
