// SPDX-License-Identifier: MIT
// EXPECT nothing
//
// One counter that all add to: they share the number itself, which is slow for another reason.

#include <stdio.h>

static int seen;

int main(void) {
#pragma omp parallel for schedule(static)
    for (int i = 0; i < 60000; i++) {
#pragma omp atomic
        seen++;
    }
    printf("%d\n", seen);
    return 0;
}
