// SPDX-License-Identifier: MIT
// EXPECT nothing
//
// For an atomic one.

#include <omp.h>
#include <stdio.h>

int main(void) {
    int ready = 0, value = 0, got = 0;
#pragma omp parallel num_threads(2)
    if (omp_get_thread_num() == 0) {
        value = 7;
#pragma omp atomic write seq_cst
        ready = 1;
    } else {
        int seen = 0;
        while (seen == 0)
#pragma omp atomic read seq_cst
            seen = ready;
        got = value;
    }
    printf("%d\n", got);
    return 0;
}
