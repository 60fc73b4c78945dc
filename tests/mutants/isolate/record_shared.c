// EXPECT file=omp.c check=omp-race verdict=RACE says="record"
// Believed: one variable can hold the number of the record. All threads set it, and it is another
// one when it is used.

#include "isolate.h"

void isolate_omp(struct isolate *s) {
    int record;
#pragma omp parallel for
    for (int i = 0; i < s->records; i++) {
        record = i;
        isolate_note(s, record, isolate_work(s, record));
    }
}
