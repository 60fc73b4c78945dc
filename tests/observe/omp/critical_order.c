// SPDX-License-Identifier: MIT
// EXPECT deadlock lines=15,19
//
// Two critical sections within one another, in both orders.

#include <stdio.h>

static int a, b;

int main(void) {
#pragma omp parallel num_threads(2)
    {
#pragma omp single
#pragma omp critical(left)
#pragma omp critical(right)
        a = b + 1;
#pragma omp single
#pragma omp critical(right)
#pragma omp critical(left)
        b = a + 1;
    }
    printf("%d %d\n", a, b);
    return 0;
}
