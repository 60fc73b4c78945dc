// SPDX-License-Identifier: MIT
//
// tap.c: when the threads of a program of GCC's OpenMP work, and when they wait.
//
// Theory of operation. This file is a library (build/lib/team.so) that is loaded before libgomp
// (LD_PRELOAD). GCC turns a parallel region into a function and a call of GOMP_parallel, a barrier
// into one of GOMP_barrier, and so on. The functions below stand in for libgomp's: they note when,
// and call the real one. They change nothing of what a program computes. Regions within regions are
// passed on and not noted.

#include "../trace/trace.h"

#include <dlfcn.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

#define HERE ((uint64_t)(uintptr_t)__builtin_return_address(0))

static struct trace_file *file; // NULL: nothing is noted

__attribute__((constructor)) static void begin(void) {
    if (getenv("TWOFOLD_TRACE"))
        file = trace_open("team");
}

// The function of this name behind ours.
static void find(const char *name, void *function) {
    void *const found = dlsym(RTLD_NEXT, name);
    memcpy(function, &found, sizeof found);
}
#define REAL(name) \
    static __typeof__(&(name)) real; \
    if (!real) \
    find(#name, &real)

static struct trace_event *note(enum trace_kind kind, uint64_t pc) {
    if (!file || omp_get_level() > 1)
        return NULL;
    struct trace_event *const event = trace_begin(file, kind, pc);
    if (event)
        event->thread = (uint32_t)omp_get_thread_num();
    return event;
}

static void over(struct trace_event *event) {
    if (event)
        event->end = trace_now();
}

// -- parallel regions -----------------------------------------------------------------------------------

struct region {
    void (*body)(void *);
    void *data;
    uint64_t pc;
    int threads;
};

// What each thread runs in place of the region.
static void work(void *of) {
    struct region *const region = of;
    struct trace_event *const event = note(TRACE_WORK, region->pc);
    if (omp_get_thread_num() == 0)
        region->threads = omp_get_num_threads();
    region->body(region->data);
    over(event);
}

#define REGION(name, params, args) \
    void name(void (*body)(void *), void *data, unsigned threads, params unsigned flags); \
    void name(void (*body)(void *), void *data, unsigned threads, params unsigned flags) { \
        REAL(name); \
        struct region region = {body, data, HERE, 0}; \
        struct trace_event *const event = omp_in_parallel() ? NULL : note(TRACE_TEAM, region.pc); \
        real(work, &region, threads, args flags); \
        if (event) \
            event->number = region.threads; \
        over(event); \
    }
#define LIST(...) __VA_ARGS__ // with the comma at its end
REGION(GOMP_parallel, , )
REGION(GOMP_parallel_sections, LIST(unsigned count, ), LIST(count, ))
#define LOOP(name) \
    REGION(name, LIST(long from, long to, long by, long chunk, ), LIST(from, to, by, chunk, ))
LOOP(GOMP_parallel_loop_static)
LOOP(GOMP_parallel_loop_dynamic)
LOOP(GOMP_parallel_loop_guided)
LOOP(GOMP_parallel_loop_nonmonotonic_dynamic)
LOOP(GOMP_parallel_loop_nonmonotonic_guided)
#define RUNTIME(name) REGION(name, LIST(long from, long to, long by, ), LIST(from, to, by, ))
RUNTIME(GOMP_parallel_loop_runtime)
RUNTIME(GOMP_parallel_loop_nonmonotonic_runtime)
RUNTIME(GOMP_parallel_loop_maybe_nonmonotonic_runtime)

unsigned GOMP_parallel_reductions(void (*body)(void *), void *data, unsigned threads,
                                  unsigned flags);
unsigned GOMP_parallel_reductions(void (*body)(void *), void *data, unsigned threads,
                                  unsigned flags) {
    REAL(GOMP_parallel_reductions);
    // libgomp looks into data, so the body cannot be replaced: the region is seen as a whole.
    struct trace_event *const event = omp_in_parallel() ? NULL : note(TRACE_TEAM, HERE);
    const unsigned started = real(body, data, threads, flags);
    if (event)
        event->number = (int64_t)started;
    over(event);
    return started;
}

// -- waiting --------------------------------------------------------------------------------------------

#define WAIT(name, kind) \
    void name(void); \
    void name(void) { \
        REAL(name); \
        struct trace_event *const event = note(kind, HERE); \
        real(); \
        over(event); \
    }
WAIT(GOMP_barrier, TRACE_BARRIER)
WAIT(GOMP_loop_end, TRACE_BARRIER)
WAIT(GOMP_sections_end, TRACE_BARRIER)
WAIT(GOMP_taskwait, TRACE_TASKWAIT)
WAIT(GOMP_taskgroup_end, TRACE_TASKWAIT)
WAIT(GOMP_critical_start, TRACE_CRITICAL)
WAIT(GOMP_atomic_start, TRACE_CRITICAL)
WAIT(GOMP_ordered_start, TRACE_ORDERED)

#define WAIT_FOR(name, type, kind) \
    void name(type); \
    void name(type what) { \
        REAL(name); \
        struct trace_event *const event = note(kind, HERE); \
        real(what); \
        over(event); \
    }
WAIT_FOR(GOMP_critical_name_start, void **, TRACE_CRITICAL)
WAIT_FOR(omp_set_lock, omp_lock_t *, TRACE_LOCK)
WAIT_FOR(omp_set_nest_lock, omp_nest_lock_t *, TRACE_LOCK)

// -- tasks ----------------------------------------------------------------------------------------------

enum { TASK_REDUCTION = 1 << 12, TASK_ALIGN = 16 };

struct task {
    void (*body)(void *);
    void *data; // behind this struct
    uint64_t pc;
};

struct handed { // what libgomp copies
    struct task *task;
};

static void run_task(void *of) {
    struct task *const task = ((struct handed *)of)->task;
    struct trace_event *const event = note(TRACE_TASK, task->pc);
    task->body(task->data);
    over(event);
    free(task);
}

void GOMP_task(void (*body)(void *), void *data, void (*copy)(void *, void *), long size,
               long align, bool deferred, unsigned flags, void **depend, int priority,
               void *detach);
void GOMP_task(void (*body)(void *), void *data, void (*copy)(void *, void *), long size,
               long align, bool deferred, unsigned flags, void **depend, int priority,
               void *detach) {
    REAL(GOMP_task);
    // A task that is told of its copies by libgomp keeps the data that libgomp makes.
    const bool plain = file && !(flags & TASK_REDUCTION) && !detach && size >= 0;
    const size_t room =
        plain ? (size_t)size + (size_t)(align > TASK_ALIGN ? align : TASK_ALIGN) : 0;
    struct task *task = plain ? malloc(sizeof *task + room) : NULL;
    if (!task) {
        real(body, data, copy, size, align, deferred, flags, depend, priority, detach);
        return;
    }
    const uintptr_t step = (uintptr_t)(align > TASK_ALIGN ? align : TASK_ALIGN);
    const uintptr_t at = ((uintptr_t)(task + 1) + step - 1) / step * step;
    *task = (struct task){body, (void *)at, HERE};
    if (copy)
        copy(task->data, data);
    else if (size)
        memcpy(task->data, data, (size_t)size);
    struct handed handed = {task};
    real(run_task, &handed, NULL, sizeof handed, _Alignof(struct handed), deferred, flags, depend,
         priority, NULL);
}
