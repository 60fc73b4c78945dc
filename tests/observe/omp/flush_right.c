// SPDX-License-Identifier: MIT
// EXPECT nothing
//
// Atomically, with flush beside it.

#include <omp.h>
#include <stdio.h>

int main(void) {
    int ready = 0, value = 0, got = 0;
#pragma omp parallel num_threads(2)
    if (omp_get_thread_num() == 0) {
        value = 7;
#pragma omp flush
#pragma omp atomic write
        ready = 1;
    } else {
        int seen = 0;
        while (seen == 0) {
#pragma omp atomic read
            seen = ready;
        }
#pragma omp flush
        got = value;
    }
    printf("%d\n", got);
    return 0;
}
