// SPDX-License-Identifier: MIT
// EXPECT nothing
//
// Each has the value it was made with.

#include <stdio.h>

static int done[32], i;

int main(void) {
#pragma omp parallel
#pragma omp single
    {
        for (i = 0; i < 32; i++) {
#pragma omp task firstprivate(i)
            if (i < 32)
                done[i] = 1;
        }
#pragma omp taskwait
    }
    printf("%d\n", done[0]);
    return 0;
}
