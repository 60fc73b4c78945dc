// SPDX-License-Identifier: MIT
// EXPECT nothing
//
// Each takes the fork with the smaller number first.

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
        const int first = left < right ? left : right, second = left + right - first;
        omp_set_lock(&fork[first]);

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
