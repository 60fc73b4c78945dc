// SPDX-License-Identifier: MIT
// EXPECT nothing
//
// All meet both barriers, also those with nothing to do.

#include <omp.h>
#include <stdio.h>

enum { N = 3 };

int main(void) {
    double part[4], sum[4] = {0};
#pragma omp parallel num_threads(4)
    {
        const int me = omp_get_thread_num();
        part[me] = me < N ? me + 1.0 : 0;
#pragma omp barrier
        if (me < N) {
            for (int i = 0; i < N; i++)
                sum[me] += part[i];
        }
#pragma omp barrier
        if (me < N) {
            part[me] = sum[me] / N;
        }
    }
    printf("%g %g %g\n", part[0], part[1], part[2]);
    return 0;
}
