// EXPECT file=omp.c check=omp-equal verdict=WRONG says="in the name of thread"
// Believed: a parallel for gives line i to thread i % threads. It gives blocks, unless it is told.

#include "hello.h"

#include <omp.h>

void hello_omp(struct hello *h) {
#pragma omp parallel for
    for (int i = 0; i < h->n; i++)
        hello_sign(h, i, omp_get_thread_num(), omp_get_num_threads());
}
