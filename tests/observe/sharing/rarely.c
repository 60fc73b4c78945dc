// SPDX-License-Identifier: MIT
// EXPECT sharing lines=21 variable=length says="elements of"
//
// What is next to each other is written after very little work.

#include <stdio.h>

static int length[30000];

static int halvings(int n) {
    int count = 0;
    for (; n > 1000; n /= 2)
        count++;
    return count;
}

int main(void) {
    long all = 0;
#pragma omp parallel for schedule(static, 1)
    for (int i = 0; i < 30000; i++)
        length[i] = halvings(i);
    for (int i = 0; i < 30000; i++)
        all += length[i];
    printf("%ld\n", all);
    return 0;
}
