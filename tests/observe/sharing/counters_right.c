// SPDX-License-Identifier: MIT
// EXPECT nothing
//
// Each element fills a cache line.

#include <omp.h>
#include <stdio.h>

static struct {
    _Alignas(64) long count; // a line of its own
} of[8];

int main(void) {
#pragma omp parallel
    {
        const int me = omp_get_thread_num() % 8;
        for (int i = 0; i < 40000; i++)
            of[me].count += i % 3 == 0;
    }
    long all = 0;
    for (int t = 0; t < 8; t++)
        all += of[t].count;
    printf("%ld\n", all);
    return 0;
}
