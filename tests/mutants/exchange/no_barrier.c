// EXPECT file=omp.c check=omp-equal verdict=RACE says="compared its numbers before it knew the word"
// Believed: who is called knows. It knows when the call has ended, and nobody has waited for that.

#include "exchange.h"

#include <omp.h>

void exchange_omp(struct exchange *x) {
#pragma omp parallel
    {
        const int me = omp_get_thread_num(), threads = omp_get_num_threads();
        for (int known = 1; known < threads; known *= 2)
            if (me < known && me + known < threads)
                exchange_call(x, me, me + known);
        const struct range mine = block_range(x->n, threads, me);
        exchange_compare(x, me, (int)mine.lo, (int)mine.hi, x->number, x->n);
    }
}
