// EXPECT file=omp.c check=omp-equal verdict=RACE says="declared inside of the parallel block"
// Believed: every thread sets its number, so every thread has it. The variable stands before the
// block: there is one for all, and it holds the number of whoever came last.

#include "hello.h"

#include <omp.h>

void hello_omp(struct hello *h) {
    int me, threads;
#pragma omp parallel
    {
        me = omp_get_thread_num();
        threads = omp_get_num_threads();
        for (int i = omp_get_thread_num(); i < h->n; i += threads)
            hello_sign(h, i, me, threads);
    }
}
