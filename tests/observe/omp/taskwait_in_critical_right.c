// SPDX-License-Identifier: MIT
// EXPECT nothing
//
// The critical section ends before the wait for tasks.

#include <stdio.h>

static int sum;

static void add(int value) {
#pragma omp critical(sum)
    sum += value;
}

int main(void) {
#pragma omp parallel num_threads(2)
#pragma omp single
    {
        for (int i = 1; i <= 4; i++)
#pragma omp task firstprivate(i) if (0)
            add(i);
#pragma omp critical(sum)
        {
            for (int i = 1; i <= 4; i++)
#pragma omp task firstprivate(i)
                add(i);
        }
#pragma omp taskwait
    }
    printf("%d\n", sum);
    return 0;
}
