// SPDX-License-Identifier: MIT
//
// asleep.c: see asleep.h.

#include "asleep.h"
#include <linux/futex.h>
#include <signal.h>
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

// A number of its file "status". 0: it is not there.
static uint64_t number_of(const char *status, const char *key, int base) {
    const char *const at = strstr(status, key);
    return at ? strtoull(at + strlen(key), NULL, base) : 0;
}

// How often it has left its core, of itself or not.
static uint64_t switches(const char *status) {
    return number_of(status, "\nvoluntary_ctxt_switches:", 10) +
           number_of(status, "\nnonvoluntary_ctxt_switches:", 10);
}

// Has the process a handler for a signal of a clock, or one that others send? That may wake a thread.
static bool may_be_signalled(const char *status, uint64_t harmless) {
    static const int signals[] = {SIGALRM, SIGVTALRM, SIGPROF, SIGUSR1, SIGUSR2};
    const uint64_t caught = number_of(status, "\nSigCgt:", 16) & ~harmless;
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        if (caught >> (signals[i] - 1) & 1)
            return true;
    return false;
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

struct task task_look(int pid, int tid, uint64_t harmless) {
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
    char status[4096];
    if (!text_of(path, status, sizeof status))
        return task;
    task.moved = ticks + switches(status);
    snprintf(path, sizeof path, "/proc/%d/task/%d/syscall", pid, tid);
    if (task.asleep)
        task.what = sleeps_for(pid, path, &task.joins);
    if (task.what == FOR_A_WORD && may_be_signalled(status, harmless))
        task.what = FOR_A_SIGNAL;
    return task;
}

bool task_needs_waking(const struct task *task) {
    return task->there && task->asleep && (task->what == FOR_A_WORD || task->what == FOR_AN_END);
}
