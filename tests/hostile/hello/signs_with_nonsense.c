// EXPECT file=omp.c check=omp-equal verdict=WRONG says="ine"
// Attack: leaves signatures of workers that cannot be, so that whoever looks them up in a table by
// their number leaves it.

#include "hello.h"

#include <limits.h>

void hello_omp(struct hello *h) {
    for (int i = 0; i < h->n; i++) {
        h->roll[i].worker = i % 2 ? INT_MIN : INT_MAX;
        h->roll[i].of = i % 3 ? INT_MAX : INT_MIN;
        h->roll[i].mark = UINT64_MAX;
    }
}
