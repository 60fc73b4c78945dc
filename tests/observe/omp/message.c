// SPDX-License-Identifier: MIT
// EXPECT race lines=13 variable=text
//
// A line is written into one buffer by all.

#include <stdio.h>

int main(void) {
    int length = 0;
    static char text[40];
#pragma omp parallel for reduction(+ : length)
    for (int i = 0; i < 100; i++) {
        text[0] = (char)('a' + i % 26);
        length += text[0] > 'm';
    }
    printf("%d\n", length >= 0);
    return 0;
}
