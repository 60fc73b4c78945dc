// SPDX-License-Identifier: MIT
// EXPECT nothing
//
// Half-open blocks.

#include <omp.h>
#include <stdio.h>

static int field[400];

int main(void) {
#pragma omp parallel num_threads(4)
    {
        const int lo = omp_get_thread_num() * 100, hi = lo + 100 < 399 ? lo + 100 : 399;
        for (int i = lo; i < hi; i++)
            field[i] += i;
    }
    printf("%d\n", field[100]);
    return 0;
}
