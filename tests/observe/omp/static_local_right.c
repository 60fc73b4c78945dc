// SPDX-License-Identifier: MIT
// EXPECT nothing
//
// It is handed the count of its thread.

#include <stdio.h>

static int noise(int seed, int *calls) {
    ++*calls;
    return (seed * 17 + *calls) % 5;
}

int main(void) {
    int sum = 0;
#pragma omp parallel reduction(+ : sum)
    {
        int calls = 0;
#pragma omp for
        for (int i = 0; i < 200; i++)
            sum += noise(i, &calls);
    }
    printf("%d\n", sum > 0);
    return 0;
}
