// SPDX-License-Identifier: MIT
// EXPECT misuse lines=21,0 says="but nobody holds it"
//
// The lock is unset once too often.

#include <omp.h>
#include <stdio.h>

static omp_lock_t lock;

int main(void) {
    int evens = 0;
    omp_init_lock(&lock);
#pragma omp parallel for num_threads(2)
    for (int i = 0; i < 10; i++)
        if (i % 2 == 0) {
            omp_set_lock(&lock);
            evens++;
            omp_unset_lock(&lock);
        }
    omp_unset_lock(&lock);
    omp_destroy_lock(&lock);
    printf("%d\n", evens);
    return 0;
}
