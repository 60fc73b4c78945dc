// SPDX-License-Identifier: MIT
// EXPECT nothing
//
// Summed in a variable with a reduction.

#include <stdio.h>

struct stats {
    int count, sum;
};
static void measure(struct stats *s) {
    int sum = 0;
#pragma omp parallel for reduction(+ : sum)
    for (int i = 0; i < 300; i++)
        sum += i;
    s->sum = sum;
}

int main(void) {
    struct stats s = {0, 0};
    measure(&s);
    printf("%d\n", s.sum);
    return 0;
}
