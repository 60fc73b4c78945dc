// SPDX-License-Identifier: MIT
// EXPECT race lines=14,19 variable=t
//
// Two sections use one helper.

#include <stdio.h>

int main(void) {
    int x = 3, y = 4, t;
#pragma omp parallel sections
    {
#pragma omp section
        {
            t = x * x;
            x = t + 1;
        }
#pragma omp section
        {
            t = y * y;
            y = t + 1;
        }
    }
    printf("%d %d\n", x, y);
    return 0;
}
