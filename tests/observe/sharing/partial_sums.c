// SPDX-License-Identifier: MIT
// EXPECT sharing lines=19 variable=part says="elements of"
//
// The parts of a sum, an element for each thread.

#include <omp.h>
#include <stdio.h>

static double value[60000], part[8];

int main(void) {
    for (int i = 0; i < 60000; i++)
        value[i] = 0.5 * i;
#pragma omp parallel
    {
        const int me = omp_get_thread_num() % 8;
#pragma omp for
        for (int i = 0; i < 60000; i++)
            part[me] += value[i];
    }
    double sum = 0;
    for (int t = 0; t < 8; t++)
        sum += part[t];
    printf("%g\n", sum);
    return 0;
}
