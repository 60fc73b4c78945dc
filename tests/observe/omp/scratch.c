// SPDX-License-Identifier: MIT
// EXPECT race lines=17 variable=scratch
//
// One scratch buffer for all threads.

#include <stdio.h>
#include <stdlib.h>

int main(void) {
    long sum = 0;
    long *scratch = malloc(50 * sizeof *scratch);
#pragma omp parallel reduction(+ : sum)
    {
#pragma omp for
        for (int i = 0; i < 40; i++) {
            for (int k = 0; k < 50; k++)
                scratch[k] = i + k;
            sum += scratch[7];
        }
    }
    free(scratch);
    printf("%d\n", sum > 0);
    return 0;
}
