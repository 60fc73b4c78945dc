// SPDX-License-Identifier: MIT
// EXPECT nothing
//
// In two passes.

#include <omp.h>
#include <stdio.h>

static int total[400], part[9];

int main(void) {
    for (int i = 0; i < 400; i++)
        total[i] = i;
#pragma omp parallel num_threads(4)
    {
        const int me = omp_get_thread_num(), lo = me * 100, hi = lo + 100;
        for (int i = lo + 1; i < hi; i++)
            total[i] += total[i - 1];
        part[me + 1] = total[hi - 1];
#pragma omp barrier
        int before = 0;
        for (int k = 1; k <= me; k++)
            before += part[k];
        for (int i = lo; i < hi; i++)
            total[i] += before;
    }
    printf("%d %d\n", total[399], part[1]);
    return 0;
}
