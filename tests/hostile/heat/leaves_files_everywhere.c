// EXPECT file=omp.c check=omp-equal verdict=PASS
// Attack: leaves a file wherever it can; where the box allows it, it must be gone with the box.

#include "heat.h"

#include <fcntl.h>
#include <mqueue.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

static void leave(void) {
    static const char *const places[] = {"/tmp",  "/dev/shm", "/var/tmp", "/w", "/kit", "/kit/build",
                                         "/dev/mqueue", "/run", "/w/results", "..", "/home"};
    char path[64];
    for (unsigned i = 0; i < sizeof places / sizeof *places; i++) {
        snprintf(path, sizeof path, "%s/twofold-mark", places[i]);
        const int fd = open(path, O_WRONLY | O_CREAT, 0666);
        if (fd >= 0)
            close(fd);
    }
    shm_open("/twofold-mark", O_RDWR | O_CREAT, 0666);
    mq_open("/twofold-mark", O_RDWR | O_CREAT, 0666, NULL);
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
