// SPDX-License-Identifier: MIT
// EXPECT nothing
//
// One barrier that both meet.

#include <omp.h>
#include <stdio.h>

int main(void) {
    int made = 0, seen[2] = {0};
#pragma omp parallel num_threads(2)
    {
        const int me = omp_get_thread_num();
        if (me == 0) {
            made = 7;
        }
#pragma omp barrier
        if (me == 0) {
            seen[0] = made;
        } else {
            seen[1] = made;
        }
    }
    printf("%d %d\n", seen[0], seen[1]);
    return 0;
}
