// EXPECT file=omp.c check=omp-equal verdict=WRONG says="every thread signed one line"
// Believed: one thread, one line. The roll may have more lines than there are threads.

#include "hello.h"

#include <omp.h>

void hello_omp(struct hello *h) {
#pragma omp parallel
    {
        const int me = omp_get_thread_num();
        if (me < h->n)
            hello_sign(h, me, me, omp_get_num_threads());
    }
}
