// SPDX-License-Identifier: MIT
// EXPECT nothing
//
// The barrier lies before the critical section.

#include <omp.h>
#include <stdio.h>

static int found[4], total;

static void wait_for_all(void) {
#pragma omp barrier
}

int main(void) {
#pragma omp parallel num_threads(4)
    {
        const int me = omp_get_thread_num();
        found[me] = me * me;
        wait_for_all();
#pragma omp critical(total)
        total += found[me];
    }
    printf("%d\n", total);
    return 0;
}
