// SPDX-License-Identifier: MIT
// EXPECT nothing
//
// Added up in a variable of the thread's own; the shared element is written once.

#include <omp.h>
#include <stdio.h>

static double value[60000], part[8];

int main(void) {
    for (int i = 0; i < 60000; i++)
        value[i] = 0.5 * i;
#pragma omp parallel
    {
        const int me = omp_get_thread_num() % 8;
        double mine = 0;
#pragma omp for
        for (int i = 0; i < 60000; i++)
            mine += value[i];
        part[me] = mine;
    }
    double sum = 0;
    for (int t = 0; t < 8; t++)
        sum += part[t];
    printf("%g\n", sum);
    return 0;
}
