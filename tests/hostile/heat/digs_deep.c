// EXPECT file=omp.c check=omp-equal verdict=PASS
// Attack: a directory in a directory, deeper than any path is long; who removes them by their paths
// cannot.

#include "heat.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void dig(void) {
    char name[250];
    memset(name, 'd', sizeof name - 1);
    name[sizeof name - 1] = 0;
    const int here = open(".", O_RDONLY);
    for (int i = 0; i < 40 && mkdir(name, 0700) == 0 && chdir(name) == 0; i++)
        close(open("twofold-mark", O_WRONLY | O_CREAT, 0600));
    if (fchdir(here) == 0)
        close(here);
}

void heat_omp(struct heat *h) {
    dig();
    for (int step = 0; step < h->steps; step++) {
#pragma omp parallel for schedule(static)
        for (int row = 1; row <= h->rows; row++)
            heat_row(h, row, 1, h->cols + 1);
        heat_swap(h);
    }
}
