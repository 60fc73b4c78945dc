// SPDX-License-Identifier: MIT
// EXPECT race lines=12 variable=last
//
// Every iteration writes the last value.

#include <stdio.h>

int main(void) {
    int last = 0;
#pragma omp parallel for
    for (int i = 0; i < 100; i++)
        last = i * i;
    printf("%d\n", last);
    return 0;
}
