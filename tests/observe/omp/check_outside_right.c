// SPDX-License-Identifier: MIT
// EXPECT nothing
//
// Looked at within.

#include <stdio.h>

static int score[1000];

int main(void) {
    int best = 0;
    for (int i = 0; i < 1000; i++)
        score[i] = (i * 37) % 1001;
#pragma omp parallel for
    for (int i = 0; i < 1000; i++) {
#pragma omp critical
        if (score[i] > best)
            best = score[i];
    }
    printf("%d\n", best);
    return 0;
}
