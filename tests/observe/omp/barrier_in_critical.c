// SPDX-License-Identifier: MIT
// EXPECT deadlock lines=20,<b> says="without letting it go"
//
// A function that is called in a critical section has a barrier.

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
#pragma omp critical(total)
        {
            wait_for_all();
            total += found[me];
        }
    }
    printf("%d\n", total);
    return 0;
}
