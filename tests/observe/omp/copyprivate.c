// SPDX-License-Identifier: MIT
// EXPECT race lines=17,18 variable=buffer
//
// A pointer set in single nowait is used by all.

#include <omp.h>
#include <stdio.h>

static int store[16];

int main(void) {
    int *buffer = NULL;
#pragma omp parallel
    {
        const int me = omp_get_thread_num();
#pragma omp single nowait
        buffer = store;
        if (buffer)
            buffer[me] = me;
    }
    printf("%d\n", store[0]);
    return 0;
}
