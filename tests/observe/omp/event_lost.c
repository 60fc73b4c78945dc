// SPDX-License-Identifier: MIT
// EXPECT deadlock lines=20,11 says="waits for tasks at"
//
// A detached task whose event nobody fulfills.

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
            (void)ready;
        }
#pragma omp taskwait
        printf("%d\n", answer);
    }
    return 0;
}
