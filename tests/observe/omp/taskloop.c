// SPDX-License-Identifier: MIT
// EXPECT race lines=14 variable=sum
//
// A loop of tasks adds to one sum.

#include <stdio.h>

int main(void) {
    int sum = 0;
#pragma omp parallel
#pragma omp single
#pragma omp taskloop num_tasks(8) shared(sum)
    for (int i = 0; i < 200; i++)
        sum += i;
    printf("%d\n", sum);
    return 0;
}
