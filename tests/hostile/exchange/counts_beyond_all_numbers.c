// EXPECT file=omp.c check=omp-equal verdict=WRONG says="umber"
// Attack: leaves counts that no number can have, the mark for "no news" among them.

#include "exchange.h"

void exchange_omp(struct exchange *x) {
    for (int i = 0; i < x->held; i++)
        x->count[i] = i % 2 ? UINT32_MAX : UINT32_MAX - 1;
}
