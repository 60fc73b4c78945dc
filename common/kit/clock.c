// SPDX-License-Identifier: MIT
// clock.c: wall time and CPU time, in seconds.

#include "kit.h"

#include <sys/resource.h>
#include <time.h>

double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double cpu_of(int who) {
    struct rusage u;
    getrusage(who, &u);
    return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) +
           1e-6 * (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec);
}

double cpu_seconds(void) {
    return cpu_of(RUSAGE_SELF) + cpu_of(RUSAGE_CHILDREN);
}
