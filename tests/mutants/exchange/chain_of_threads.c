// EXPECT file=omp.c check=omp-tree verdict=SLOW says="calls one after the other"
// Believed: each tells the next one. All others wait while two of them are on the telephone.

#include "exchange.h"

#include <omp.h>

void exchange_omp(struct exchange *x) {
#pragma omp parallel
    {
        const int me = omp_get_thread_num(), threads = omp_get_num_threads();
        for (int caller = 0; caller + 1 < threads; caller++) {
            if (me == caller)
                exchange_call(x, me, me + 1);
#pragma omp barrier
        }
        const struct range mine = block_range(x->n, threads, me);
        exchange_compare(x, me, (int)mine.lo, (int)mine.hi, x->number, x->n);
    }
}
