// SPDX-License-Identifier: MIT
// EXPECT misuse lines=24,0 says="it was never unset"
//
// The last one to take the lock keeps it.

#include <omp.h>
#include <stdio.h>

static omp_lock_t lock;

int main(void) {
    int best = 0;
    omp_init_lock(&lock);
#pragma omp parallel for num_threads(2)
    for (int i = 0; i < 10; i++) {
        omp_set_lock(&lock);
        if (i * 7 % 10 > best)
            best = i * 7 % 10;
        omp_unset_lock(&lock);
    }
#pragma omp parallel num_threads(2)
#pragma omp single
    {
        omp_set_lock(&lock);
        best = -best;
    }
    printf("%d\n", best);
    return 0;
}
