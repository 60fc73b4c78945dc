// SPDX-License-Identifier: MIT
//
// omp.c: the threads of a team sign the roll. Every thread runs the same block; what it does there
// follows from its number and from how many they are.

#include "hello.h"

#include <omp.h>

void hello_omp(struct hello *h) {
#pragma omp parallel
    {
        // decompose: declared in the block, so each thread has its own number
        const int me = omp_get_thread_num(), threads = omp_get_num_threads();

        // compute: my lines, and no others
        for (int i = me; i < h->n; i += threads)
            hello_sign(h, i, me, threads);
    }
    // combine: there is one roll, and no two threads wrote to the same line of it
    // check:   the block has ended when the last of its threads has
}
