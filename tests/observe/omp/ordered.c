// SPDX-License-Identifier: MIT
// EXPECT race lines=16,17 variable=filled
//
// Results are put behind one another in no order.

#include <stdio.h>

static int list[100];

int main(void) {
    int filled = 0;
#pragma omp parallel for ordered schedule(dynamic, 3)
    for (int i = 0; i < 100; i++) {
        const int value = i * i;
        if (value % 2 == 0) {
            list[filled] = value;
            filled++;
        }
    }
    printf("%d\n", list[3]);
    return 0;
}
