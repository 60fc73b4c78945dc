// SPDX-License-Identifier: MIT
//
// watch.c: see watch.h.

#include "watch.h"

#include "flat.h"
#include "process.h"
#include "tree.h"
#include <dirent.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PROCESSES = 64, TASKS = 80, CALL_NAME = 13 };
static const char call_name[CALL_NAME] = "twofold:call"; // as kit/run.c spells it

// A thread; times are those that the kernel counts, ns.
struct task {
    int tid;
    unsigned long long before, ran; // CPU time before the call, and at the last look in it
    unsigned long long waited_before, waited;
};

struct watched {
    int pid, tasks;
    enum { BEFORE, IN_CALL, AFTER } now;
    double pages_before, pages, pss_kb; // resident pages: before, and the most in the call
    double shared_at;                   // when PSS was looked at last, s
    struct task task[TASKS];
};

// -- /proc ------------------------------------------------------------------------------------------

// Reads a small file of /proc; false: it is gone, or not for us.
static bool read_small(const char *path, char *text, size_t cap) {
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    const ssize_t n = fd < 0 ? -1 : read(fd, text, cap - 1);
    if (fd >= 0)
        close(fd);
    text[n > 0 ? n : 0] = '\0';
    return n > 0;
}

static struct task *task_of(struct watched *process, int tid) {
    for (int i = 0; i < process->tasks; i++)
        if (process->task[i].tid == tid)
            return &process->task[i];
    if (process->tasks == TASKS)
        return NULL;
    struct task *const task = &process->task[process->tasks++];
    *task = (struct task){.tid = tid};
    return task;
}

static void look_at_task(struct watched *process, int tid) {
    char path[64], text[128];
    unsigned long long ran, waited;
    snprintf(path, sizeof path, "/proc/%d/task/%d/schedstat", process->pid, tid);
    struct task *const task =
        read_small(path, text, sizeof text) && sscanf(text, "%llu %llu", &ran, &waited) == 2
            ? task_of(process, tid)
            : NULL;
    if (!task)
        return;
    task->ran = ran;
    task->waited = waited;
    if (process->now == BEFORE) {
        task->before = ran;
        task->waited_before = waited;
    }
}

static void look_at_tasks(struct watched *process) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/task", process->pid);
    DIR *const list = opendir(path);
    for (struct dirent *entry; list && (entry = readdir(list));)
        if (entry->d_name[0] != '.')
            look_at_task(process, atoi(entry->d_name));
    if (list)
        closedir(list);
}

static void look_at_memory(struct watched *process, double seconds) {
    char path[64], text[1024];
    double size, resident, pss;
    snprintf(path, sizeof path, "/proc/%d/statm", process->pid);
    if (read_small(path, text, sizeof text) && sscanf(text, "%lf %lf", &size, &resident) == 2) {
        if (process->now == BEFORE || process->pages_before <= 0)
            process->pages_before = process->pages = resident;
        process->pages = resident > process->pages ? resident : process->pages;
    }
    if (process->now == BEFORE || seconds - process->shared_at < 0.1)
        return;
    process->shared_at = seconds;
    snprintf(path, sizeof path, "/proc/%d/smaps_rollup", process->pid);
    const char *const line = read_small(path, text, sizeof text) ? strstr(text, "\nPss:") : NULL;
    if (line && sscanf(line, "\nPss: %lf", &pss) == 1 && pss > process->pss_kb)
        process->pss_kb = pss;
}

// -- looking ----------------------------------------------------------------------------------------

static void look_at(struct watch *watch, struct watched *process, double seconds) {
    char path[64], name[64];
    snprintf(path, sizeof path, "/proc/%d/comm", process->pid);
    if (process->now == AFTER || !read_small(path, name, sizeof name))
        return;
    const bool in_call = strncmp(name, call_name, strlen(call_name)) == 0;
    if (process->now == IN_CALL && !in_call)
        process->now = AFTER; // what was read last in the call counts
    if (process->now == BEFORE && in_call) {
        process->now = IN_CALL;
        watch->since = watch->since > 0 ? watch->since : seconds;
    }
    if (process->now == AFTER)
        return;
    look_at_tasks(process);
    look_at_memory(process, seconds);
    if (in_call)
        watch->until = seconds;
}

// New processes of the tree. Those that are there already keep their place.
static void list_tree(struct watch *watch, int pid) {
    pid_t pids[PROCESSES];
    const int count = tree_list(pid, pids, PROCESSES);
    for (int i = 0; i < count; i++) {
        int p = 0;
        while (p < watch->processes && watch->at[p].pid != pids[i])
            p++;
        if (p < watch->processes || p == PROCESSES)
            continue;
        memset(&watch->at[p], 0, sizeof watch->at[p]);
        watch->at[p].pid = pids[i];
        watch->processes++;
    }
}

void watch_look(int pid, double seconds, void *user) {
    struct watch *const watch = user;
    // A process that is in its call when it is first seen has no "before", and one that a kernel starts
    // may soon be gone: so often. In the call, where that takes the cores from those that work, a list
    // of very many processes gets a twentieth of the time.
    const double often = 0.02, seldom = 0.2, share = 0.05;
    const double pause =
        watch->since > 0 ? fmin(fmax(often, watch->listing / share), seldom) : often;
    if (watch->listed < 0 || seconds - watch->listed >= pause) {
        const double begin = process_now();
        list_tree(watch, pid);
        watch->listing = process_now() - begin;
        watch->listed = seconds;
    }
    for (int p = 0; p < watch->processes; p++)
        look_at(watch, &watch->at[p], seconds);
}

bool watch_begin(struct watch *watch, const char *library, const char *dir) {
    *watch = (struct watch){.library = library, .dir = dir, .listed = -1};
    watch->at = calloc(PROCESSES, sizeof *watch->at);
    int n = 0;
    watch->env[n++] = "TWOFOLD_WATCHED=1";
    if (library) {
        snprintf(watch->preload, sizeof watch->preload, "LD_PRELOAD=%s", library);
        snprintf(watch->evidence, sizeof watch->evidence, "TWOFOLD_EVIDENCE=%s/counted.%%r", dir);
        watch->env[n++] = watch->preload;
        watch->env[n++] = watch->evidence;
    }
    watch->env[n] = NULL;
    return watch->at != NULL;
}

// -- figures ----------------------------------------------------------------------------------------

// A worker in the call: how long it ran, and waited for a core, ms.
struct worker {
    double ran, waited;
};

static int by_time(const void *a, const void *b) {
    const struct worker *const x = a, *const y = b;
    return (x->ran < y->ran) - (x->ran > y->ran);
}

// The threads of a process, the busiest first; returns how many.
static int threads_of(const struct watched *process, struct worker threads[TASKS]) {
    for (int i = 0; i < process->tasks; i++) {
        const struct task *const task = &process->task[i];
        threads[i] = (struct worker){1e-6 * (double)(task->ran - task->before),
                                     1e-6 * (double)(task->waited - task->waited_before)};
    }
    qsort(threads, (size_t)process->tasks, sizeof *threads, by_time);
    return process->tasks;
}

// The workers: the ranks (most_threads 0), or the busiest threads of each process.
static int collect(const struct watch *watch, int most_threads, struct worker *workers,
                   struct seen *seen) {
    const double page_kb = (double)sysconf(_SC_PAGESIZE) / 1024;
    int count = 0;
    for (int p = 0; p < watch->processes; p++) {
        const struct watched *const process = &watch->at[p];
        struct worker threads[TASKS], all = {0, 0};
        if (process->now == BEFORE)
            continue;
        const int tasks = threads_of(process, threads);
        for (int i = 0; i < tasks; i++) {
            all.ran += threads[i].ran;
            all.waited += threads[i].waited;
            if (i < most_threads)
                workers[count++] = threads[i];
        }
        if (!most_threads)
            workers[count++] = all;
        const double grown = (process->pages - process->pages_before) * page_kb;
        seen->cpu_ms += all.ran;
        seen->waited_ms += all.waited;
        seen->grown_kb = grown > seen->grown_kb ? grown : seen->grown_kb;
        seen->pss_kb = process->pss_kb > seen->pss_kb ? process->pss_kb : seen->pss_kb;
    }
    return count;
}

// Adds up what the ranks left, and removes it.
static void read_counted(const char *dir, int ranks, struct seen *seen) {
    double sums[3] = {0};
    static const char *const names[3] = {"messages", "bytes", "mpi_ms"};
    int found = 0;
    for (int rank = 0; rank < ranks; rank++) {
        char path[4200], line[512], name[32];
        double value;
        snprintf(path, sizeof path, "%s/counted.%d", dir, rank);
        const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
        FILE *const file = fd < 0 ? NULL : fdopen(fd, "r");
        for (int i = 0; file && i < 16 && fgets(line, sizeof line, file); i++)
            for (int n = 0; n < 3; n++)
                if (flat_text(line, "name", name, sizeof name) && !strcmp(name, names[n]) &&
                    flat_number(line, "value", &value))
                    sums[n] += value;
        found += file != NULL;
        if (file)
            fclose(file);
        else if (fd >= 0)
            close(fd);
        unlink(path);
    }
    const bool all = ranks > 0 && found == ranks;
    seen->messages = all ? sums[0] : -1;
    seen->bytes = all ? sums[1] : -1;
    seen->mpi_ms = all ? sums[2] : -1;
}

#define WORKED 0.1 // of the busiest one's CPU time: a worker that only waits comes to 1 %

struct seen watch_end(struct watch *watch, const char *run, int workers, int threads,
                      const char *counted) {
    struct seen seen = {0};
    const bool ranks = !strcmp(run, "ranks"), hybrid = !strcmp(run, "hybrid");
    const int wanted = hybrid ? workers * threads : workers;
    struct worker *const at = calloc(PROCESSES * TASKS, sizeof *at);
    read_counted(counted, ranks || hybrid ? workers : 0, &seen);
    const int count = at ? collect(watch, ranks ? 0 : hybrid ? threads : workers, at, &seen) : 0;
    free(watch->at);
    watch->at = NULL;
    if (count && seen.cpu_ms > 0) {
        qsort(at, (size_t)count, sizeof *at, by_time);
        seen.workers = wanted;
        seen.busiest_ms = at[0].ran;
        seen.least_ms = count >= wanted ? at[wanted - 1].ran : 0;
        for (int i = 0; i < count && i < wanted; i++)
            seen.worked += at[i].ran >= WORKED * at[0].ran;
        seen.call_ms = 1e3 * (watch->until - watch->since);
    } // else nobody was seen in the call
    free(at);
    return seen;
}
