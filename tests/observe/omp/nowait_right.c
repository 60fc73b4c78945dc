// SPDX-License-Identifier: MIT
// EXPECT nothing
//
// Without nowait.

#include <stdio.h>

static int a[300], b[300];

int main(void) {
#pragma omp parallel
    {
#pragma omp for
        for (int i = 0; i < 300; i++)
            a[i] = i;
#pragma omp for
        for (int i = 0; i < 300; i++)
            b[i] = a[299 - i];
    }
    printf("%d\n", b[3]);
    return 0;
}
