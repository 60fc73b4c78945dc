// SPDX-License-Identifier: MIT
//
// tasks.h: how many threads a process has, of whatever kind.

#ifndef TWOFOLD_TASKS_H
#define TWOFOLD_TASKS_H

#include <stdint.h>
#include <stdio.h>
#include <sys/stat.h>

// Of the process pid; 0: of this one. 0 where it cannot be told. (Linux counts the threads of a process
// as links to the directory in which they are listed, beside the two that any directory has.)
static inline uint32_t tasks_of(int pid) {
    char path[48] = "/proc/self/task";
    struct stat stat_of;
    if (pid)
        snprintf(path, sizeof path, "/proc/%d/task", pid);
    return stat(path, &stat_of) == 0 && stat_of.st_nlink > 2 ? (uint32_t)stat_of.st_nlink - 2 : 0;
}

#endif
