// SPDX-License-Identifier: MIT
//
// group.c: see group.h.

#include "group.h"
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static char group[PATH_MAX]; // "": none

static bool set(const char *name, int value) {
    char path[PATH_MAX + 32];
    snprintf(path, sizeof path, "%s/%s", group, name);
    FILE *const file = fopen(path, "we");
    const bool written = file && fprintf(file, "%d\n", value) > 0;
    return file && fclose(file) == 0 && written;
}

bool group_make(const char *place, int processes) {
    snprintf(group, sizeof group, "%.4000s/twofold-%d", place, (int)getpid());
    if (mkdir(group, 0755) == 0 && set("pids.max", processes))
        return true;
    rmdir(group);
    *group = 0;
    return false;
}

void group_enter(void) {
    if (*group)
        set("cgroup.procs", 0); // 0: whoever writes
}

void group_end(void) {
    // A process that has ended leaves its group a moment later.
    for (int i = 0; *group && rmdir(group) != 0 && errno == EBUSY && i < 200; i++)
        nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
    *group = 0;
}
