// SPDX-License-Identifier: MIT
// EXPECT sharing lines=14 variable=square says="elements of"
//
// The threads take the elements of an array in turn.

#include <stdio.h>

static double square[40000];

int main(void) {
    double all = 0;
#pragma omp parallel for schedule(static, 1)
    for (int i = 0; i < 40000; i++)
        square[i] = (double)i * i;
    for (int i = 0; i < 40000; i++)
        all += square[i];
    printf("%g\n", all);
    return 0;
}
