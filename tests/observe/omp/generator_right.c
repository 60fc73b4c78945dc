// SPDX-License-Identifier: MIT
// EXPECT nothing
//
// Each thread has its own, threadprivate.

#include <stdio.h>

static unsigned state = 1;
#pragma omp threadprivate(state)
static unsigned draw(void) {
    state = state * 1103515245u + 12345u;
    return state >> 16;
}

int main(void) {
    int inside = 0;
#pragma omp parallel for reduction(+ : inside)
    for (int i = 0; i < 500; i++)
        inside += draw() % 2;
    printf("%d\n", inside >= 0);
    return 0;
}
