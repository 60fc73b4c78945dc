// SPDX-License-Identifier: MIT
// EXPECT race lines=14 variable=bins
//
// A histogram in shared bins.

#include <stdio.h>

static int bins[16];

int main(void) {
#pragma omp parallel for
    for (unsigned i = 0; i < 4000; i++) {
        const unsigned bin = i * 2654435761u >> 28;
        bins[bin]++;
    }
    printf("%d\n", bins[2]);
    return 0;
}
