// SPDX-License-Identifier: MIT
// EXPECT sharing lines=16 variable=count says="elements of"
//
// Each thread counts in its own element, and all of these lie side by side.

#include <omp.h>
#include <stdio.h>

static long count[8];

int main(void) {
#pragma omp parallel
    {
        const int me = omp_get_thread_num() % 8;
        for (int i = 0; i < 40000; i++)
            count[me] += i % 3 == 0;
    }
    long all = 0;
    for (int t = 0; t < 8; t++)
        all += count[t];
    printf("%ld\n", all);
    return 0;
}
