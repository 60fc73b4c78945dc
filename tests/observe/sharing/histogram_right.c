// SPDX-License-Identifier: MIT
// EXPECT nothing
//
// Bins that any thread may add to, with a lock each.

#include <omp.h>
#include <stdio.h>

static int bin[64];
static omp_lock_t lock[64];

int main(void) {
    int all = 0;
    for (int b = 0; b < 64; b++)
        omp_init_lock(&lock[b]);
#pragma omp parallel for
    for (int i = 0; i < 30000; i++) {
        const int b = i * 37 % 64;
        omp_set_lock(&lock[b]);
        bin[b]++;
        omp_unset_lock(&lock[b]);
    }
    for (int b = 0; b < 64; b++) {
        all += bin[b];
        omp_destroy_lock(&lock[b]);
    }
    printf("%d\n", all);
    return 0;
}
