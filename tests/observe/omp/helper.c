// SPDX-License-Identifier: MIT
// EXPECT race lines=14,15 variable=t
//
// A helper variable declared outside of the loop.

#include <stdio.h>

static double in[600], out[600];

int main(void) {
    double t;
#pragma omp parallel for
    for (int i = 0; i < 600; i++) {
        t = in[i] * in[i];
        out[i] = t + 1;
    }
    printf("%g\n", out[3]);
    return 0;
}
