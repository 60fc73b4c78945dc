// SPDX-License-Identifier: MIT
// EXPECT race lines=14 variable=w
//
// A sweep that needs the row above, with no sink.

#include <stdio.h>

static int w[30][30];

int main(void) {
#pragma omp parallel for ordered(1) schedule(static, 1)
    for (int i = 1; i < 30; i++) {
        for (int j = 1; j < 30; j++)
            w[i][j] = w[i - 1][j] + w[i][j - 1] + 1;
#pragma omp ordered depend(source)
    }
    printf("%d\n", w[29][29]);
    return 0;
}
