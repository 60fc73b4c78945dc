// SPDX-License-Identifier: MIT
// EXPECT nothing
//
// With a reduction.

#include <stdio.h>

int main(void) {
    int sum = 0;
#pragma omp parallel
#pragma omp single
#pragma omp taskloop reduction(+ : sum) num_tasks(8)
    for (int i = 0; i < 200; i++)
        sum += i;
    printf("%d\n", sum);
    return 0;
}
