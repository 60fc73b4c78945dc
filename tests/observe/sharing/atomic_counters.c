// SPDX-License-Identifier: MIT
// EXPECT sharing lines=18 variable=seen says="elements of"
//
// Counters that are added to atomically, and still each by one thread alone.

#include <omp.h>
#include <stdio.h>

static int seen[16];

int main(void) {
    int all = 0;
#pragma omp parallel
    {
        const int me = omp_get_thread_num() % 16;
#pragma omp for schedule(static)
        for (int i = 0; i < 60000; i++) {
#pragma omp atomic
            seen[me]++;
        }
    }
    for (int t = 0; t < 16; t++)
        all += seen[t];
    printf("%d\n", all);
    return 0;
}
