// SPDX-License-Identifier: MIT
//
// Threads: far more of them than cores, each with a download under way.

#include "fetch.h"

void fetch_omp(struct fetch *f) {
#pragma omp parallel
    {
        // A link carries one download at a time: one a thread.
        struct link *link = fetch_open(f);
        // Decompose: whoever is free takes the next object, for none knows how slow it will be.
#pragma omp for schedule(dynamic)
        for (long i = 0; i < f->count; i++) {
            // Compute: ask until it comes; the link gives up where there is no hope.
            while (fetch_get(link, i) == FETCH_RETRY)
                continue;
        }
        fetch_close(link);
    }
    // Combine: nothing to do. Threads share f->objects, and each entry has one writer.
}
