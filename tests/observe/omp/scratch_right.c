// SPDX-License-Identifier: MIT
// EXPECT nothing
//
// One a thread.

#include <stdio.h>
#include <stdlib.h>

int main(void) {
    long sum = 0;
#pragma omp parallel reduction(+ : sum)
    {
        long *scratch = malloc(50 * sizeof *scratch);
#pragma omp for
        for (int i = 0; i < 40; i++) {
            for (int k = 0; k < 50; k++)
                scratch[k] = i + k;
            sum += scratch[7];
        }
        free(scratch);
    }
    printf("%d\n", sum > 0);
    return 0;
}
