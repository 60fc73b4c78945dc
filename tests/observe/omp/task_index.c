// SPDX-License-Identifier: MIT
// EXPECT race lines=14,16 variable=i
//
// Tasks use the loop index itself.

#include <stdio.h>

static int done[32], i;

int main(void) {
#pragma omp parallel
#pragma omp single
    {
        for (i = 0; i < 32; i++) {
#pragma omp task shared(i)
            if (i < 32)
                done[i] = 1;
        }
#pragma omp taskwait
    }
    printf("%d\n", done[0]);
    return 0;
}
