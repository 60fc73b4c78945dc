// SPDX-License-Identifier: MIT
// EXPECT race lines=14,15,16 variable=stage
//
// A chain of tasks without dependences.

#include <stdio.h>

int main(void) {
    int stage = 0, seen = 0;
#pragma omp parallel
#pragma omp single
    {
#pragma omp task shared(stage)
        stage = 1;
#pragma omp task shared(stage, seen)
        seen = stage;
    }
    printf("%d\n", seen);
    return 0;
}
