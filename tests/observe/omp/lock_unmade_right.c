// SPDX-License-Identifier: MIT
// EXPECT nothing
//
// All locks are made.

#include <omp.h>
#include <stdio.h>

enum { N = 4 };
static omp_lock_t locks[N];
static int count[N];

int main(void) {
    for (int i = 0; i < N; i++)
        omp_init_lock(&locks[i]);
#pragma omp parallel for num_threads(2)
    for (int i = 0; i < 40; i++) {
        omp_set_lock(&locks[i % N]);
        count[i % N]++;
        omp_unset_lock(&locks[i % N]);
    }
    printf("%d %d %d %d\n", count[0], count[1], count[2], count[3]);
    return 0;
}
