// SPDX-License-Identifier: MIT
// EXPECT nothing
//
// Of one name.

#include <stdio.h>

int main(void) {
    int stock = 0;
#pragma omp parallel sections
    {
#pragma omp section
        for (int i = 0; i < 50; i++)
#pragma omp critical(buy)
            stock += 2;
#pragma omp section
        for (int i = 0; i < 50; i++)
#pragma omp critical(buy)
            stock -= 1;
    }
    printf("%d\n", stock);
    return 0;
}
