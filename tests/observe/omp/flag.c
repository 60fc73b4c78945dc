// SPDX-License-Identifier: MIT
// EXPECT race lines=14,16 variable=ready
//
// A thread waits for a plain flag.

#include <omp.h>
#include <stdio.h>

int main(void) {
    int ready = 0, value = 0, got = 0;
#pragma omp parallel num_threads(2)
    if (omp_get_thread_num() == 0) {
        value = 7;
        ready = 1;
    } else {
        while (ready == 0)
            continue;
        got = value;
    }
    printf("%d\n", got);
    return 0;
}
