// SPDX-License-Identifier: MIT
//
// team.c: given, to see what a parallel region costs. A region for every few lines: the threads of
// a team are made for the first one, and wait for the next one between two.

#include "hello.h"

#include <omp.h>

void hello_team(struct hello *h, int workers) {
    for (int first = 0; first < h->n; first += workers) {
#pragma omp parallel num_threads(workers)
        {
            const int worker = omp_get_thread_num();
            if (first + worker < h->n)
                hello_sign(h, first + worker, worker, workers);
        }
    }
}
