// SPDX-License-Identifier: MIT
// EXPECT race lines=15 variable=total
//
// Prefix sums in one parallel loop.

#include <stdio.h>

static int total[400], part[9];

int main(void) {
    for (int i = 0; i < 400; i++)
        total[i] = i;
#pragma omp parallel for
    for (int i = 1; i < 400; i++)
        total[i] += total[i - 1];
    printf("%d %d\n", total[399], part[1]);
    return 0;
}
