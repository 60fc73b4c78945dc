// SPDX-License-Identifier: MIT
// EXPECT nothing
//
// The event of a detached task is fulfilled.

#include <omp.h>
#include <stdio.h>

int main(void) {
    int answer = 0;
#pragma omp parallel num_threads(2)
#pragma omp single
    {
        omp_event_handle_t ready;
#pragma omp task detach(ready) shared(answer)
        {
            answer = 42;
            omp_fulfill_event(ready);
        }
#pragma omp taskwait
        printf("%d\n", answer);
    }
    return 0;
}
