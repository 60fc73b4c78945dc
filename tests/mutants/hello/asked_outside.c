// EXPECT file=omp.c check=omp-equal verdict=WRONG says="is it called inside of the parallel block"
// Believed: the number of threads is known before the block. Outside of it the team is one thread.

#include "hello.h"

#include <omp.h>

void hello_omp(struct hello *h) {
    const int threads = omp_get_num_threads();
#pragma omp parallel
    for (int i = omp_get_thread_num(); i < h->n; i += threads)
        hello_sign(h, i, omp_get_thread_num(), threads);
}
