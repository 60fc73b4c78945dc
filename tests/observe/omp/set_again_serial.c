// SPDX-License-Identifier: MIT
// EXPECT deadlock lines=20,21 says="which it has set itself"
//
// Outside of any region, a loop sets the lock again.

#include <omp.h>
#include <stdio.h>

int main(void) {
    omp_lock_t lock;
    int sum = 0;
    omp_init_lock(&lock);
#pragma omp parallel for num_threads(3)
    for (int i = 0; i < 9; i++) {
        omp_set_lock(&lock);
        sum += i;
        omp_unset_lock(&lock);
    }
    for (int i = 0; i < 2; i++) {
        omp_set_lock(&lock);
        sum += i;
    }
    omp_unset_lock(&lock);
    omp_destroy_lock(&lock);
    printf("%d\n", sum);
    return 0;
}
