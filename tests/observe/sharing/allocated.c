// SPDX-License-Identifier: MIT
// EXPECT sharing lines=20 says="write"
//
// A piece of memory for each thread, too small for a cache line.

#include <omp.h>
#include <stdio.h>
#include <stdlib.h>

int main(void) {
    long *steps[8], all = 0;
    for (int t = 0; t < 8; t++)
        steps[t] = calloc(1, sizeof *steps[t]);
#pragma omp parallel
    {
        long *mine = steps[omp_get_thread_num() % 8];
        for (long n = omp_get_thread_num() + 1; n < 3000; n += omp_get_num_threads())
            for (long k = n; k > 1;) {
                k = k % 2 ? 3 * k + 1 : k / 2;
                *mine += 1;
            }
    }
    for (int t = 0; t < 8; t++)
        all += *steps[t];
    printf("%ld\n", all);
    return 0;
}
