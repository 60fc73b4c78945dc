// EXPECT file=omp.c check=omp-equal verdict=DEADLOCK says="has reached the end of the region of omp.c:9: nobody is left who could go on"
// Believed: a barrier is for those who have something to wait for. All threads have to come to it.

#include "exchange.h"

#include <omp.h>

void exchange_omp(struct exchange *x) {
#pragma omp parallel
    {
        const int me = omp_get_thread_num(), threads = omp_get_num_threads();
        for (int known = 1; known < threads; known *= 2)
            if (me < known && me + known < threads) {
                exchange_call(x, me, me + known);
#pragma omp barrier
            }
        const struct range mine = block_range(x->n, threads, me);
        exchange_compare(x, me, (int)mine.lo, (int)mine.hi, x->number, x->n);
    }
}
