// SPDX-License-Identifier: MIT
// EXPECT nothing
//
// With its sink.

#include <stdio.h>

static int w[30][30];

int main(void) {
#pragma omp parallel for ordered(1) schedule(static, 1)
    for (int i = 1; i < 30; i++) {
#pragma omp ordered depend(sink : i - 1)
        for (int j = 1; j < 30; j++)
            w[i][j] = w[i - 1][j] + w[i][j - 1] + 1;
#pragma omp ordered depend(source)
    }
    printf("%d\n", w[29][29]);
    return 0;
}
