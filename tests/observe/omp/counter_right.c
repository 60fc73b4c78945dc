// SPDX-License-Identifier: MIT
// EXPECT nothing
//
// The same, the update atomic.

#include <stdio.h>

int main(void) {
    int hits = 0;
#pragma omp parallel for
    for (int i = 0; i < 1000; i++)
        if (i % 7 == 0)
#pragma omp atomic
            hits++;
    printf("%d\n", hits);
    return 0;
}
