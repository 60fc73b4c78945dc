// EXPECT file=omp.c check=omp-equal verdict=PASS
// Attack: a daemon that no signal but the last one ends goes on after the program, and holds its
// pipes. The answer is right; the daemon must be gone.

#include "heat.h"

#include <signal.h>
#include <unistd.h>

void heat_omp(struct heat *h) {
    if (h->rows == 1 && fork() == 0) {
        setsid();
        signal(SIGTERM, SIG_IGN);
        signal(SIGHUP, SIG_IGN);
        if (fork() == 0)
            execlp("sleep", "sleep", "7400.5", (char *)0);
        execlp("sleep", "sleep", "7400.5", (char *)0);
        _exit(1);
    }
    for (int step = 0; step < h->steps; step++) {
#pragma omp parallel for schedule(static)
        for (int row = 1; row <= h->rows; row++)
            heat_row(h, row, 1, h->cols + 1);
        heat_swap(h);
    }
}
