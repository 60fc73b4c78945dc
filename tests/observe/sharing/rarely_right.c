// SPDX-License-Identifier: MIT
// EXPECT nothing
//
// The same after a lot of it: then a cache line more or less does not matter.

#include <stdio.h>

static int length[30000];

static int steps(int n) {
    int count = 0;
    for (long k = n; k > 1; count++)
        k = k % 2 ? 3 * k + 1 : k / 2;
    return count;
}

int main(void) {
    long all = 0;
#pragma omp parallel for schedule(static, 1)
    for (int i = 0; i < 30000; i++)
        length[i] = steps(i + 1);
    for (int i = 0; i < 30000; i++)
        all += length[i];
    printf("%ld\n", all);
    return 0;
}
