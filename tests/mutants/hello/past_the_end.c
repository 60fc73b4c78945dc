// EXPECT file=omp.c check=omp-equal verdict=CRASH says=" program"
// Believed: there are always more lines than threads. The last lines of a turn may not be there, and
// with n=0 none is; far outside of the roll there is nothing to write to.

#include "hello.h"

#include <omp.h>

void hello_omp(struct hello *h) {
#pragma omp parallel
    {
        const int me = omp_get_thread_num(), threads = omp_get_num_threads();
        for (unsigned i = (unsigned)me; i <= (unsigned)h->n - 1; i += (unsigned)threads)
            hello_sign(h, (int)i, me, threads);
    }
}
