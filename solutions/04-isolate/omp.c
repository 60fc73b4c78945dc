// SPDX-License-Identifier: MIT
//
// omp.c: threads. They share the entries, each of which has one writer, and they share their fate: a
// store to an address that is not there, in any of them, ends the process, and with it all.

#include "isolate.h"

void isolate_omp(struct isolate *s) {
    // decompose: nobody knows how long a record takes: who is free takes the next
#pragma omp parallel for schedule(dynamic)
    for (int record = 0; record < s->records; record++)
        isolate_note(s, record, isolate_work(s, record)); // compute
    // combine: nothing
}
