// SPDX-License-Identifier: MIT
// EXPECT nothing
//
// Each update atomic.

#include <stdio.h>

static int bins[16];

int main(void) {
#pragma omp parallel for
    for (unsigned i = 0; i < 4000; i++) {
        const unsigned bin = i * 2654435761u >> 28;
#pragma omp atomic
        bins[bin]++;
    }
    printf("%d\n", bins[2]);
    return 0;
}
