// SPDX-License-Identifier: MIT
// EXPECT nothing
//
// With taskwait.

#include <stdio.h>

static int fibonacci(int n) {
    int x, y;
    if (n < 2)
        return n;
#pragma omp task shared(x)
    x = fibonacci(n - 1);
    y = fibonacci(n - 2);
#pragma omp taskwait
    return x + y;
}

int main(void) {
    int result = 0;
#pragma omp parallel
#pragma omp single
    result = fibonacci(6);
    printf("%d\n", result);
    return 0;
}
