// SPDX-License-Identifier: MIT
//
// tasks.h: which threads a process has, of whatever kind.

#ifndef TWOFOLD_TASKS_H
#define TWOFOLD_TASKS_H

#include <dirent.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { TASKS = 256 };
struct tasks {
    int count; // -1: they cannot be told, or are more than TASKS
    int32_t tid[TASKS];
};

static inline const char *tasks_path(char path[48], int pid) {
    snprintf(path, 48, pid ? "/proc/%d/task" : "/proc/self/task", pid);
    return path;
}

// Of the process pid; 0: of this one. 0 where it cannot be told. (Linux counts the threads of a process
// as links to the directory in which they are listed, beside the two that any directory has.)
static inline uint32_t tasks_of(int pid) {
    char path[48];
    struct stat stat_of;
    return stat(tasks_path(path, pid), &stat_of) == 0 && stat_of.st_nlink > 2
               ? (uint32_t)stat_of.st_nlink - 2
               : 0;
}

// The same, one by one.
static inline void tasks_list(int pid, struct tasks *tasks) {
    char path[48];
    DIR *const dir = opendir(tasks_path(path, pid));
    tasks->count = dir ? 0 : -1;
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        const long tid = strtol(entry->d_name, NULL, 10);
        if (tid <= 0)
            continue;
        if (tasks->count == TASKS) {
            tasks->count = -1;
            break;
        }
        tasks->tid[tasks->count++] = (int32_t)tid;
    }
    if (dir)
        closedir(dir);
}

static inline bool tasks_have(const struct tasks *tasks, int tid) {
    for (int i = 0; i < tasks->count; i++)
        if (tasks->tid[i] == tid)
            return true;
    return false;
}

#endif
