// SPDX-License-Identifier: MIT
// EXPECT nothing
//
// The lock is unset on the way out of the loop, too.

#include <omp.h>
#include <stdio.h>

int main(void) {
    omp_lock_t lock;
    int next = 0, hit = -1;
    omp_init_lock(&lock);
#pragma omp parallel num_threads(3)
    for (;;) {
        omp_set_lock(&lock);
        const int mine = next++;
        if (mine >= 20) {
            omp_unset_lock(&lock);
            break;
        }
        if (mine * mine == 49)
            hit = mine;
        omp_unset_lock(&lock);
    }
    omp_destroy_lock(&lock);
    printf("%d\n", hit);
    return 0;
}
