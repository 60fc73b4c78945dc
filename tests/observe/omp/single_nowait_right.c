// SPDX-License-Identifier: MIT
// EXPECT nothing
//
// single waits.

#include <omp.h>
#include <stdio.h>

int main(void) {
    int size = 0, work[64] = {0};
#pragma omp parallel
    {
#pragma omp single
        size = 64;
        const int me = omp_get_thread_num();
        if (me < size)
            work[me] = 1;
    }
    printf("%d\n", work[0]);
    return 0;
}
