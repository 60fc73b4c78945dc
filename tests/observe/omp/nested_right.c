// SPDX-License-Identifier: MIT
// EXPECT nothing
//
// With a reduction.

#include <omp.h>
#include <stdio.h>

int main(void) {
    int outside = 0;
    omp_set_max_active_levels(2);
#pragma omp parallel num_threads(2) reduction(+ : outside)
    {
        int inside = 0;
#pragma omp parallel for num_threads(2) reduction(+ : inside)
        for (int i = 0; i < 50; i++)
            inside += i;
        outside += inside;
    }
    printf("%d\n", outside);
    return 0;
}
