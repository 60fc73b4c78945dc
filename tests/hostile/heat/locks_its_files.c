// EXPECT file=omp.c check=omp-equal verdict=PASS
// Attack: leaves directories that nobody may enter and files that nobody may read.

#include "heat.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static void leave(void) {
    mkdir("locked", 0700);
    close(open("locked/file", O_WRONLY | O_CREAT, 0));
    chmod("locked", 0);
    mkdir("sticky", 01000);
}

void heat_omp(struct heat *h) {
    leave();
    for (int step = 0; step < h->steps; step++) {
#pragma omp parallel for schedule(static)
        for (int row = 1; row <= h->rows; row++)
            heat_row(h, row, 1, h->cols + 1);
        heat_swap(h);
    }
}
