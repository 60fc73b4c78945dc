// SPDX-License-Identifier: MIT
// EXPECT nothing
//
// After taskwait.

#include <stdio.h>

int main(void) {
    int answer = 0, copy = 0;
#pragma omp parallel
#pragma omp single
    {
#pragma omp task shared(answer)
        answer = 42;
#pragma omp taskwait
        copy = answer;
    }
    printf("%d\n", copy);
    return 0;
}
