// SPDX-License-Identifier: MIT
// EXPECT deadlock lines=22 says="a circle of 3, each waits for the next"
//
// Each takes the fork on its left first, and then that on its right.

#include <omp.h>
#include <stdio.h>

enum { N = 3 };

int main(void) {
    omp_lock_t fork[N];
    int meals = 0;
    for (int i = 0; i < N; i++)
        omp_init_lock(&fork[i]);
#pragma omp parallel num_threads(N)
    {
        const int me = omp_get_thread_num(), left = me, right = (me + 1) % N;
        const int first = left, second = right;
        omp_set_lock(&fork[first]);
#pragma omp barrier
        omp_set_lock(&fork[second]);
#pragma omp atomic
        meals++;
        omp_unset_lock(&fork[second]);
        omp_unset_lock(&fork[first]);
    }
    for (int i = 0; i < N; i++)
        omp_destroy_lock(&fork[i]);
    printf("%d meals\n", meals);
    return 0;
}
