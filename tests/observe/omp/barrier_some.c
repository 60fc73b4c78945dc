// SPDX-License-Identifier: MIT
// EXPECT deadlock lines=18,13 says="waits at the barrier of"
//
// Those with nothing to do go home before the second barrier.

#include <omp.h>
#include <stdio.h>

enum { N = 3 };

int main(void) {
    double part[4], sum[4] = {0};
#pragma omp parallel num_threads(4)
    {
        const int me = omp_get_thread_num();
        part[me] = me < N ? me + 1.0 : 0;
        if (me < N) {
#pragma omp barrier
            for (int i = 0; i < N; i++)
                sum[me] += part[i];
#pragma omp barrier
            part[me] = sum[me] / N;
        }
    }
    printf("%g %g %g\n", part[0], part[1], part[2]);
    return 0;
}
