// SPDX-License-Identifier: MIT
// EXPECT race lines=14 variable=s->sum
//
// A field of a structure that all threads share.

#include <stdio.h>

struct stats {
    int count, sum;
};
static void measure(struct stats *s) {
#pragma omp parallel for
    for (int i = 0; i < 300; i++)
        s->sum += i;
}

int main(void) {
    struct stats s = {0, 0};
    measure(&s);
    printf("%d\n", s.sum);
    return 0;
}
