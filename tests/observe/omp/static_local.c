// SPDX-License-Identifier: MIT
// EXPECT race lines=10 variable=calls
//
// A function keeps a static count.

#include <stdio.h>

static int noise(int seed) {
    static int calls;
    calls++;
    return (seed * 17 + calls) % 5;
}

int main(void) {
    int sum = 0;
#pragma omp parallel reduction(+ : sum)
    {
#pragma omp for
        for (int i = 0; i < 200; i++)
            sum += noise(i);
    }
    printf("%d\n", sum > 0);
    return 0;
}
