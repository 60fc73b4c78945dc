// SPDX-License-Identifier: MIT
// EXPECT race lines=15 variable=next
//
// The next job is taken without protection.

#include <stdio.h>

static int done[100];

int main(void) {
    int next = 0;
#pragma omp parallel
    for (;;) {
        int job;
        job = next++;
        if (job >= 100)
            break;
        done[job] = 1;
    }
    printf("%d\n", done[99]);
    return 0;
}
