// SPDX-License-Identifier: MIT
// EXPECT deadlock lines=11,22 says="has begun one of them meanwhile"
//
// In a critical section it waits for tasks that need the same section.

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
#pragma omp taskwait
        }
    }
    printf("%d\n", sum);
    return 0;
}
