// EXPECT file=omp.c check=omp-overlap verdict=SERIAL says="What lets only one of them sign at a time?"
// Believed: threads must not write to the roll at the same time. They write to different lines; now
// each waits for all before it.

#include "hello.h"

#include <omp.h>

void hello_omp(struct hello *h) {
#pragma omp parallel
    {
        const int me = omp_get_thread_num(), threads = omp_get_num_threads();
        for (int i = me; i < h->n; i += threads) {
#pragma omp critical
            hello_sign(h, i, me, threads);
        }
    }
}
