// SPDX-License-Identifier: MIT
// EXPECT race lines=14 variable=strtok
//
// All threads call strtok.

#include <stdio.h>
#include <string.h>

int main(void) {
    int words = 0;
#pragma omp parallel for reduction(+ : words)
    for (int i = 0; i < 8; i++) {
        char text[] = "a few short words";
        for (char *w = strtok(text, " "); w; w = strtok(NULL, " "))
            words++;
    }
    printf("%d\n", words > 0);
    return 0;
}
