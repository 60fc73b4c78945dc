// SPDX-License-Identifier: MIT
// EXPECT nothing
//
// Handed on by copyprivate.

#include <omp.h>
#include <stdio.h>

static int store[16];

int main(void) {
#pragma omp parallel
    {
        const int me = omp_get_thread_num();
        int *buffer;
#pragma omp single copyprivate(buffer)
        buffer = store;
        if (buffer)
            buffer[me] = me;
    }
    printf("%d\n", store[0]);
    return 0;
}
