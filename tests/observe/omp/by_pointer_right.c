// SPDX-License-Identifier: MIT
// EXPECT nothing
//
// To a variable of the thread.

#include <stdio.h>

static void add(int *total, int x) {
    *total += x;
}

int main(void) {
    int sum = 0;
#pragma omp parallel
    {
        int mine = 0;
#pragma omp for
        for (int i = 0; i < 300; i++)
            add(&mine, i);
#pragma omp atomic
        sum += mine;
    }
    printf("%d\n", sum);
    return 0;
}
