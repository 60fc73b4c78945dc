// SPDX-License-Identifier: MIT
// EXPECT nothing
//
// Each thread has a buffer.

#include <stdio.h>

int main(void) {
    int length = 0;
#pragma omp parallel for reduction(+ : length)
    for (int i = 0; i < 100; i++) {
        char text[40];
        text[0] = (char)('a' + i % 26);
        length += text[0] > 'm';
    }
    printf("%d\n", length >= 0);
    return 0;
}
