// SPDX-License-Identifier: MIT
// EXPECT race lines=16,17 variable=best
//
// A maximum, compared and set by all threads.

#include <stdio.h>

static int score[1000];

int main(void) {
    int best = 0;
    for (int i = 0; i < 1000; i++)
        score[i] = (i * 37) % 1001;
#pragma omp parallel for
    for (int i = 0; i < 1000; i++)
        if (score[i] > best)
            best = score[i];
    printf("%d\n", best);
    return 0;
}
