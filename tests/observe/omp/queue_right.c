// SPDX-License-Identifier: MIT
// EXPECT nothing
//
// With atomic capture.

#include <stdio.h>

static int done[100];

int main(void) {
    int next = 0;
#pragma omp parallel
    for (;;) {
        int job;
#pragma omp atomic capture
        job = next++;
        if (job >= 100)
            break;
        done[job] = 1;
    }
    printf("%d\n", done[99]);
    return 0;
}
