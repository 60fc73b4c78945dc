// SPDX-License-Identifier: MIT
// EXPECT race lines=9 variable=total
//
// A function adds to what it is pointed at.

#include <stdio.h>

static void add(int *total, int x) {
    *total += x;
}

int main(void) {
    int sum = 0;
#pragma omp parallel
    {
#pragma omp for
        for (int i = 0; i < 300; i++)
            add(&sum, i);
    }
    printf("%d\n", sum);
    return 0;
}
