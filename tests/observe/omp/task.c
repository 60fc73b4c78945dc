// SPDX-License-Identifier: MIT
// EXPECT race lines=14,15 variable=answer
//
// The result of a task is used before anybody has waited for it.

#include <stdio.h>

int main(void) {
    int answer = 0, copy = 0;
#pragma omp parallel
#pragma omp single
    {
#pragma omp task shared(answer)
        answer = 42;
        copy = answer;
    }
    printf("%d\n", copy);
    return 0;
}
