// SPDX-License-Identifier: MIT
// EXPECT nothing
//
// With them.

#include <stdio.h>

int main(void) {
    int stage = 0, seen = 0;
#pragma omp parallel
#pragma omp single
    {
#pragma omp task shared(stage) depend(out : stage)
        stage = 1;
#pragma omp task shared(stage, seen) depend(in : stage)
        seen = stage;
    }
    printf("%d\n", seen);
    return 0;
}
