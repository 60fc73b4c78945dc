// SPDX-License-Identifier: MIT
// EXPECT misuse lines=22,16
//
// A lock is unset by a thread that has not set it.

#include <omp.h>
#include <stdio.h>

int main(void) {
    int turn = 0;
    omp_lock_t lock;
    omp_init_lock(&lock);
#pragma omp parallel num_threads(2)
    {
        if (omp_get_thread_num() == 0) {
            omp_set_lock(&lock);
            turn = 1;
        }
#pragma omp barrier
        if (omp_get_thread_num() == 1) {
            turn = 2;
            omp_unset_lock(&lock);
        }
    }
    omp_destroy_lock(&lock);
    printf("%d\n", turn);
    return 0;
}
