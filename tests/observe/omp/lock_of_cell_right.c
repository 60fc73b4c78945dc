// SPDX-License-Identifier: MIT
// EXPECT nothing
//
// That of the cell.

#include <omp.h>
#include <stdio.h>

static int cell[4];
static omp_lock_t lock[4];

int main(void) {
    for (int i = 0; i < 4; i++)
        omp_init_lock(&lock[i]);
#pragma omp parallel num_threads(4)
    for (int i = 0; i < 40; i++) {
        const int c = i % 4, l = c;
        omp_set_lock(&lock[l]);
        cell[c]++;
        omp_unset_lock(&lock[l]);
    }
    for (int i = 0; i < 4; i++)
        omp_destroy_lock(&lock[i]);
    printf("%d\n", cell[0]);
    return 0;
}
