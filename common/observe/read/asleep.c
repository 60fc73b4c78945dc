// SPDX-License-Identifier: MIT
//
// asleep.c: see asleep.h.

#include "asleep.h"
#include <linux/futex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

// The beginning of a file of /proc. False: it is not there, or not for us to read.
static bool text_of(const char *path, char *text, size_t cap) {
    FILE *const file = fopen(path, "re");
    if (!file)
        return false;
    const size_t length = fread(text, 1, cap - 1, file);
    fclose(file);
    text[length] = '\0';
    return length > 0;
}

// State and ticks of CPU time, of a process or thread.
static bool stat_of(const char *path, char *state, uint64_t *ticks) {
    char text[512], *end;
    if (!text_of(path, text, sizeof text))
        return false;
    // Behind the name, which may hold anything, stand state and numbers; utime and stime are the
    // 12th and 13th of them.
    char *at = strrchr(text, ')');
    if (!at || !at[1])
        return false;
    *state = at[2];
    for (int i = 0; at && i < 12; i++)
        at = strchr(at + 1, ' ');
    if (!at)
        return false;
    *ticks = strtoull(at, &end, 10);
    *ticks += strtoull(end, NULL, 10);
    return true;
}

static double seconds(uint64_t ticks) {
    return (double)ticks / (double)sysconf(_SC_CLK_TCK);
}

double process_cpu(int pid) {
    char path[64], state;
    uint64_t ticks;
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    return stat_of(path, &state, &ticks) ? seconds(ticks) : -1;
}

// How often it has left its core, of itself or not.
static uint64_t switches(const char *path) {
    static const char own[] = "\nvoluntary_ctxt_switches:",
                      not [] = "\nnonvoluntary_ctxt_switches:";
    char text[4096];
    if (!text_of(path, text, sizeof text))
        return 0;
    const char *const a = strstr(text, own), *const b = strstr(text, not );
    return (a ? strtoull(a + sizeof own - 1, NULL, 10) : 0) +
           (b ? strtoull(b + sizeof not -1, NULL, 10) : 0);
}

static bool is_there(int pid, uint64_t tid) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/task/%llu", pid, (unsigned long long)tid);
    return access(path, F_OK) == 0;
}

// Which call of the system it is in: "number argument argument ..", hexadecimal but for the number.
static enum asleep_for sleeps_for(int pid, const char *path, int *joins) {
    enum { WORD, OPERATION, VALUE, TIMEOUT, ARGUMENTS };
    char text[256], *at;
    uint64_t argument[ARGUMENTS];
    if (!text_of(path, text, sizeof text))
        return FOR_UNKNOWN;
    const long call = strtol(text, &at, 10);
    if (at == text) // "running", by now
        return FOR_OTHER;
    for (int i = 0; i < ARGUMENTS; i++)
        argument[i] = strtoull(at, &at, 16);
    const int what = (int)argument[OPERATION] & FUTEX_CMD_MASK;
    if (call != SYS_futex || (what != FUTEX_WAIT && what != FUTEX_WAIT_BITSET &&
                              what != FUTEX_LOCK_PI && what != FUTEX_LOCK_PI2))
        return FOR_OTHER;
    if (argument[TIMEOUT])
        return FOR_A_TIME;
    if (argument[OPERATION] & FUTEX_PRIVATE_FLAG)
        return FOR_A_WORD;
    // pthread_join waits until the kernel clears the number of the thread. (A word that happens to hold
    // such a number would have to be shared with another process as well.)
    *joins = is_there(pid, argument[VALUE]) ? (int)argument[VALUE] : 0;
    return *joins ? FOR_AN_END : FOR_SHARED;
}

struct task task_look(int pid, int tid) {
    struct task task = {.tid = tid};
    char path[64], state;
    uint64_t ticks;
    snprintf(path, sizeof path, "/proc/%d/task/%d/stat", pid, tid);
    task.there = stat_of(path, &state, &ticks);
    if (!task.there)
        return task;
    task.asleep = state == 'S';
    task.cpu = seconds(ticks);
    snprintf(path, sizeof path, "/proc/%d/task/%d/status", pid, tid);
    task.moved = ticks + switches(path);
    snprintf(path, sizeof path, "/proc/%d/task/%d/syscall", pid, tid);
    if (task.asleep)
        task.what = sleeps_for(pid, path, &task.joins);
    return task;
}

bool task_needs_waking(const struct task *task) {
    return task->there && task->asleep && (task->what == FOR_A_WORD || task->what == FOR_AN_END);
}
