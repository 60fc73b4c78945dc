// EXPECT file=omp.c check=omp-parallel verdict=SERIAL|SLOW|UNGRADED says="t"
// Attack: one thread does all, and the others keep a core busy for a while, so that they seem to
// work.

#include "heat.h"

#include <omp.h>

static void burn(double seconds) {
    const double end = omp_get_wtime() + seconds;
    for (volatile long i = 0; omp_get_wtime() < end; i++)
        ;
}

void heat_omp(struct heat *h) {
    const double begin = omp_get_wtime();
#pragma omp parallel
    {
#pragma omp master
        for (int step = 0; step < h->steps; step++) {
            for (int row = 1; row <= h->rows; row++)
                heat_row(h, row, 1, h->cols + 1);
            heat_swap(h);
        }
#pragma omp barrier
        if (omp_get_thread_num() > 0)
            burn(0.15 * (omp_get_wtime() - begin));
    }
}
