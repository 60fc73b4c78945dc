// SPDX-License-Identifier: MIT
// EXPECT nothing
//
// strtok_r.

#include <stdio.h>
#include <string.h>

int main(void) {
    int words = 0;
#pragma omp parallel for reduction(+ : words)
    for (int i = 0; i < 8; i++) {
        char text[] = "a few short words", *place;
        for (char *w = strtok_r(text, " ", &place); w; w = strtok_r(NULL, " ", &place))
            words++;
    }
    printf("%d\n", words > 0);
    return 0;
}
