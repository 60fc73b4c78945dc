// SPDX-License-Identifier: MIT
//
// others.c: see others.h. Source: proc(5), /proc/stat.

#include "others.h"

#include "process.h"

#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

static double seconds(struct timeval t) {
    return (double)t.tv_sec + 1e-6 * (double)t.tv_usec;
}

static double used(int who) {
    struct rusage usage;
    return getrusage(who, &usage) == 0 ? seconds(usage.ru_utime) + seconds(usage.ru_stime) : 0;
}

struct usage usage_now(void) {
    struct usage spent = {0};
    double user, nice, system;
    FILE *const file = fopen("/proc/stat", "re");
    if (file && fscanf(file, "cpu %lf %lf %lf", &user, &nice, &system) == 3) {
        spent.all = (user + nice + system) / (double)sysconf(_SC_CLK_TCK);
        spent.ours = used(RUSAGE_SELF) + used(RUSAGE_CHILDREN);
        spent.at = process_now();
    }
    if (file)
        fclose(file);
    return spent;
}

double others_between(const struct usage *begin, const struct usage *end) {
    const double wall = end->at - begin->at;
    const double cores =
        wall > 0 ? ((end->all - begin->all) - (end->ours - begin->ours)) / wall : 0;
    return cores > 0 ? cores : 0;
}
