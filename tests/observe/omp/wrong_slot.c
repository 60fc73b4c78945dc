// SPDX-License-Identifier: MIT
// EXPECT race lines=15 variable=part
//
// Two threads share a slot of the partial sums.

#include <omp.h>
#include <stdio.h>

int main(void) {
    int part[8] = {0}, sum = 0;
#pragma omp parallel num_threads(4)
    {
        const int slot = omp_get_thread_num() / 2;
        for (int i = 0; i < 100; i++)
            part[slot] += i;
    }
    for (int i = 0; i < 8; i++)
        sum += part[i];
    printf("%d\n", sum);
    return 0;
}
