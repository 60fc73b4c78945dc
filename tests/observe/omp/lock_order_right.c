// SPDX-License-Identifier: MIT
// EXPECT nothing
//
// In one order.

#include <omp.h>
#include <stdio.h>

int main(void) {
    int a = 0, b = 0;
    omp_lock_t first, second;
    omp_init_lock(&first);
    omp_init_lock(&second);
#pragma omp parallel num_threads(2)
    {
        if (omp_get_thread_num() == 0) {
            omp_set_lock(&first);
            omp_set_lock(&second);
            a++, b--;
            omp_unset_lock(&second);
            omp_unset_lock(&first);
        }
#pragma omp barrier
        if (omp_get_thread_num() == 1) {
            omp_set_lock(&first);
            omp_set_lock(&second);
            a--, b++;
            omp_unset_lock(&second);
            omp_unset_lock(&first);
        }
    }
    omp_destroy_lock(&first);
    omp_destroy_lock(&second);
    printf("%d %d\n", a, b);
    return 0;
}
