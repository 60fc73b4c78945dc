// EXPECT file=omp.c check=omp-equal verdict=PASS
// Attack: writes beside its directory, into the kit, its own program and the cases. One that works
// spoils the plate.

#include "heat.h"

#include <fcntl.h>
#include <stdio.h>

static int wrote(void) {
    static const char *const places[] = {
        "/kit/mark", "/kit/build/lib/mark", "/usr/bin/mark",  "/etc/mark",  "/dev/mark",
        "/mark",     "/sys/mark",           "/proc/self/exe", "/w/../mark", "/usr/bin/cc"};
    for (unsigned i = 0; i < sizeof places / sizeof *places; i++)
        if (open(places[i], O_WRONLY | O_CREAT, 0666) >= 0)
            return 1;
    return 0;
}

void heat_omp(struct heat *h) {
    if (wrote())
        return;
    for (int step = 0; step < h->steps; step++) {
#pragma omp parallel for schedule(static)
        for (int row = 1; row <= h->rows; row++)
            heat_row(h, row, 1, h->cols + 1);
        heat_swap(h);
    }
}
