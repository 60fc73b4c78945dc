// EXPECT file=omp.c check=omp-equal verdict=PASS
// Attack: asks for more of everything, for the first place in every queue, and for another time.
// One wish that comes true spoils the plate.

#include "heat.h"

#include <sched.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

static int granted(void) {
    const struct rlimit all = {RLIM_INFINITY, RLIM_INFINITY};
    const struct timespec then = {1, 0};
    const struct sched_param first = {.sched_priority = 50};
    return setrlimit(RLIMIT_NPROC, &all) == 0 || setrlimit(RLIMIT_FSIZE, &all) == 0 ||
           setrlimit(RLIMIT_CPU, &all) == 0 || setrlimit(RLIMIT_CORE, &all) == 0 ||
           setpriority(PRIO_PROCESS, 0, -5) == 0 || sched_setscheduler(0, SCHED_FIFO, &first) == 0 ||
           clock_settime(CLOCK_REALTIME, &then) == 0 || sethostname("mine", 4) == 0 ||
           chroot("/tmp") == 0 || setgid(0) == 0;
}

void heat_omp(struct heat *h) {
    if (granted())
        return;
    for (int step = 0; step < h->steps; step++) {
#pragma omp parallel for schedule(static)
        for (int row = 1; row <= h->rows; row++)
            heat_row(h, row, 1, h->cols + 1);
        heat_swap(h);
    }
}
