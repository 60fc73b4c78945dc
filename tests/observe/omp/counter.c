// SPDX-License-Identifier: MIT
// EXPECT race lines=13 variable=hits
//
// All threads count in one variable.

#include <stdio.h>

int main(void) {
    int hits = 0;
#pragma omp parallel for
    for (int i = 0; i < 1000; i++)
        if (i % 7 == 0)
            hits++;
    printf("%d\n", hits);
    return 0;
}
