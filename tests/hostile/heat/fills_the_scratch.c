// EXPECT file=omp.c check=omp-equal verdict=PASS|HANG
// Attack: fills all the memory that looks like a disk. On a busy machine that may take longer than its case has.

#include "heat.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

static void fill(const char *where) {
    static char ones[1 << 20];
    for (int number = 0; number < 100; number++) {
        char path[64];
        snprintf(path, sizeof path, "%s-%d", where, number);
        const int fd = open(path, O_WRONLY | O_CREAT, 0600);
        for (int mib = 0; mib < 50 && fd >= 0; mib++)
            if (write(fd, ones, sizeof ones) < 0)
                number = 100;
        if (fd >= 0)
            close(fd);
    }
}

void heat_omp(struct heat *h) {
    if (h->rows == 1) {
        fill("/tmp/twofold-mark");
        fill("/dev/shm/twofold-mark");
    }
    for (int step = 0; step < h->steps; step++) {
#pragma omp parallel for schedule(static)
        for (int row = 1; row <= h->rows; row++)
            heat_row(h, row, 1, h->cols + 1);
        heat_swap(h);
    }
}
