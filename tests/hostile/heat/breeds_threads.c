// EXPECT file=omp.c check=omp-equal verdict=FLAKY|CRASH|MEMORY|HANG says="i"
// Attack: starts threads until there are no more to be had, and leaves them waiting, so that none
// is left for the next case.

#include "heat.h"

#include <pthread.h>
#include <unistd.h>

static void *wait_for_ever(void *unused) {
    for (;;)
        pause();
    return unused;
}

void heat_omp(struct heat *h) {
    pthread_t thread;
    for (int i = 0; i < 10000 && h->rows == 1; i++)
        if (pthread_create(&thread, NULL, wait_for_ever, NULL) != 0)
            break;
    for (int step = 0; step < h->steps; step++) {
#pragma omp parallel for schedule(static)
        for (int row = 1; row <= h->rows; row++)
            heat_row(h, row, 1, h->cols + 1);
        heat_swap(h);
    }
}
