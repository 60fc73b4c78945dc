// EXPECT file=omp.c check=omp-equal verdict=PASS
// Attack: looks through all that is open when it starts. Anything but pipes, devices and the list
// of cases spoils the plate.

#include "heat.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int found(void) {
    for (int fd = 0; fd < 64; fd++) {
        char path[32], name[256];
        snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
        const long n = readlink(path, name, sizeof name - 1);
        name[n > 0 ? n : 0] = 0;
        if (strstr(name, "jsonl") || strstr(name, "twofold-box") || strstr(name, "/build/check") ||
            strstr(name, "/others"))
            return 1;
    }
    return 0;
}

void heat_omp(struct heat *h) {
    if (found())
        return;
    for (int step = 0; step < h->steps; step++) {
#pragma omp parallel for schedule(static)
        for (int row = 1; row <= h->rows; row++)
            heat_row(h, row, 1, h->cols + 1);
        heat_swap(h);
    }
}
