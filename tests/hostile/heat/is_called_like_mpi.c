// EXPECT file=omp.c check=omp-build verdict=FORBIDDEN says="MPI_Barrier"
// Attack: a function that has a harmless name in C and one of MPI's in the object.

#include "heat.h"

int mine(MPI_Comm comm) __asm__("MPI_Barrier");
int mine(MPI_Comm comm) {
    (void)comm;
    return MPI_SUCCESS;
}

void heat_omp(struct heat *h) {
    for (int step = 0; step < h->steps; step++) {
#pragma omp parallel for schedule(static)
        for (int row = 1; row <= h->rows; row++)
            heat_row(h, row, 1, h->cols + 1);
        heat_swap(h);
    }
}
