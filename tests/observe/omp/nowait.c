// SPDX-License-Identifier: MIT
// EXPECT race lines=15,18 variable=a
//
// nowait, and the next loop reads what others have made.

#include <stdio.h>

static int a[300], b[300];

int main(void) {
#pragma omp parallel
    {
#pragma omp for nowait
        for (int i = 0; i < 300; i++)
            a[i] = i;
#pragma omp for
        for (int i = 0; i < 300; i++)
            b[i] = a[299 - i];
    }
    printf("%d\n", b[3]);
    return 0;
}
