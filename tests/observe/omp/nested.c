// SPDX-License-Identifier: MIT
// EXPECT race lines=17 variable=inside
//
// An inner team adds to a variable of the outer region.

#include <omp.h>
#include <stdio.h>

int main(void) {
    int outside = 0;
    omp_set_max_active_levels(2);
#pragma omp parallel num_threads(2) reduction(+ : outside)
    {
        int inside = 0;
#pragma omp parallel for num_threads(2)
        for (int i = 0; i < 50; i++)
            inside += i;
        outside += inside;
    }
    printf("%d\n", outside);
    return 0;
}
