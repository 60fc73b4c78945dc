// SPDX-License-Identifier: MIT
// EXPECT race lines=16,18 variable=best
//
// The maximum is looked at before the critical section that sets it.

#include <stdio.h>

static int score[1000];

int main(void) {
    int best = 0;
    for (int i = 0; i < 1000; i++)
        score[i] = (i * 37) % 1001;
#pragma omp parallel for
    for (int i = 0; i < 1000; i++) {
        if (score[i] > best)
#pragma omp critical
            best = score[i];
    }
    printf("%d\n", best);
    return 0;
}
