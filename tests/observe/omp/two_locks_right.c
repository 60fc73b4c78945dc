// SPDX-License-Identifier: MIT
// EXPECT nothing
//
// All take the same.

#include <omp.h>
#include <stdio.h>

int main(void) {
    long account = 0;
    omp_lock_t lock[2];
    omp_init_lock(&lock[0]);
    omp_init_lock(&lock[1]);
#pragma omp parallel num_threads(4)
    {
        const int mine = 0;
        for (int i = 0; i < 50; i++) {
            omp_set_lock(&lock[mine]);
            account += 10;
            omp_unset_lock(&lock[mine]);
        }
    }
    omp_destroy_lock(&lock[0]);
    omp_destroy_lock(&lock[1]);
    printf("%ld\n", account);
    return 0;
}
