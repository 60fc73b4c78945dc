// SPDX-License-Identifier: MIT
// EXPECT nothing
//
// Read atomically, too.

#include <stdio.h>

int main(void) {
    int done = 0, late = 0;
#pragma omp parallel for reduction(+ : late)
    for (int i = 0; i < 200; i++) {
        int seen;
#pragma omp atomic
        done++;
#pragma omp atomic read
        seen = done;
        late += seen > 100;
    }
    printf("%d\n", done + (late > 300));
    return 0;
}
