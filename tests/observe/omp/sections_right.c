// SPDX-License-Identifier: MIT
// EXPECT nothing
//
// Each has its own.

#include <stdio.h>

int main(void) {
    int x = 3, y = 4;
#pragma omp parallel sections
    {
#pragma omp section
        {
            int t = x * x;
            x = t + 1;
        }
#pragma omp section
        {
            int t = y * y;
            y = t + 1;
        }
    }
    printf("%d %d\n", x, y);
    return 0;
}
