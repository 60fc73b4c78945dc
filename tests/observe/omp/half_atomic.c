// SPDX-License-Identifier: MIT
// EXPECT race lines=13,14,15 variable=done
//
// Counted atomically, but read plainly.

#include <stdio.h>

int main(void) {
    int done = 0, late = 0;
#pragma omp parallel for reduction(+ : late)
    for (int i = 0; i < 200; i++) {
        int seen;
#pragma omp atomic
        done++;
        seen = done;
        late += seen > 100;
    }
    printf("%d\n", done + (late > 300));
    return 0;
}
