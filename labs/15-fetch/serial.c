// SPDX-License-Identifier: MIT
//
// Given: one worker downloads one object after another. It waits most of the time.

#include "fetch.h"

void fetch_serial(struct fetch *f) {
    struct link *link = fetch_open(f);
    for (long i = 0; i < f->count; i++) {
        // Ask until it comes; the link gives up where there is no hope.
        while (fetch_get(link, i) == FETCH_RETRY)
            continue;
    }
    fetch_close(link);
}
