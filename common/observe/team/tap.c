// SPDX-License-Identifier: MIT
//
// tap.c: when the threads of a program of GCC's OpenMP work, and when they wait.
//
// Theory of operation. This file is a library (build/lib/team.so) that is loaded before libgomp
// (LD_PRELOAD). GCC turns a parallel region into a function and a call of GOMP_parallel, a barrier
// into one of GOMP_barrier, and so on. The functions below stand in for libgomp's: they note when,
// and call the real one. They change nothing of what a program computes. Regions within regions are
// passed on, and in the trace they are not noted. What a thread waits for and what it holds goes
// another way, too: holds.h.

#include "../trace/trace.h"
#include "holds.h"

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
    void *reductions; // libgomp looks for it at the begin of the data
    void (*body)(void *);
    void *data;
    uint64_t pc;
    int threads;
    struct holds_team holds;
    struct holds_outside outside;
    struct trace_event *event;
};

// What each thread runs in place of the region.
static void work(void *of) {
    struct region *const region = of;
    struct trace_event *const event = note(TRACE_WORK, region->pc);
    if (omp_get_thread_num() == 0)
        region->threads = omp_get_num_threads();
    holds_work(&region->holds);
    region->body(region->data);
    holds_worked(&region->holds);
    over(event);
}

static void region_begin(struct region *region) {
    region->event = omp_in_parallel() ? NULL : note(TRACE_TEAM, region->pc);
    holds_begin(&region->holds, region->pc, &region->outside);
}

static void region_end(struct region *region) {
    holds_end(&region->outside);
    if (region->event)
        region->event->number = region->threads;
    over(region->event);
}

#define REGION(name, params, args) \
    void name(void (*body)(void *), void *data, unsigned threads, params unsigned flags); \
    void name(void (*body)(void *), void *data, unsigned threads, params unsigned flags) { \
        REAL(name); \
        struct region region = {.body = body, .data = data, .pc = HERE}; \
        region_begin(&region); \
        real(work, &region, threads, args flags); \
        region_end(&region); \
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
    struct region region = {.reductions = *(void **)data, .body = body, .data = data, .pc = HERE};
    region_begin(&region);
    const unsigned started = real(work, &region, threads, flags);
    region_end(&region);
    return started;
}

// -- waiting --------------------------------------------------------------------------------------------

static struct trace_event *wait_begin(enum trace_kind kind, enum hold_wait wait, const void *what,
                                      uint64_t pc) {
    holds_wait(wait, what, pc);
    return note(kind, pc);
}

static void wait_end(struct trace_event *event) {
    over(event);
    holds_waited();
}

#define WAIT(name, kind, wait) \
    void name(void); \
    void name(void) { \
        REAL(name); \
        struct trace_event *const event = wait_begin(kind, wait, NULL, HERE); \
        real(); \
        wait_end(event); \
    }
WAIT(GOMP_barrier, TRACE_BARRIER, HOLD_BARRIER)
WAIT(GOMP_loop_end, TRACE_BARRIER, HOLD_BARRIER)
WAIT(GOMP_sections_end, TRACE_BARRIER, HOLD_BARRIER)
WAIT(GOMP_taskwait, TRACE_TASKWAIT, HOLD_TASKS)
WAIT(GOMP_taskgroup_end, TRACE_TASKWAIT, HOLD_TASKS)
WAIT(GOMP_atomic_start, TRACE_CRITICAL, HOLD_CRITICAL)
WAIT(GOMP_ordered_start, TRACE_ORDERED, HOLD_ORDERED)

// Where a region can be cancelled, a barrier tells whether it was.
#define CANCELLABLE(name) \
    bool name(void); \
    bool name(void) { \
        REAL(name); \
        struct trace_event *const event = wait_begin(TRACE_BARRIER, HOLD_BARRIER, NULL, HERE); \
        const bool cancelled = real(); \
        wait_end(event); \
        return cancelled; \
    }
CANCELLABLE(GOMP_barrier_cancel)
CANCELLABLE(GOMP_loop_end_cancel)
CANCELLABLE(GOMP_sections_end_cancel)

bool GOMP_cancel(int which, bool asked);
bool GOMP_cancel(int which, bool asked) {
    REAL(GOMP_cancel);
    holds_cancel();
    return real(which, asked);
}

// -- locks and critical sections --------------------------------------------------------------------

static const void *const unnamed = (const void *)(uintptr_t)HOLDS_UNNAMED;

void GOMP_critical_start(void);
void GOMP_critical_start(void) {
    REAL(GOMP_critical_start);
    struct trace_event *const event = wait_begin(TRACE_CRITICAL, HOLD_CRITICAL, unnamed, HERE);
    real();
    wait_end(event);
    holds_took(HOLD_CRITICAL, unnamed, HERE, false);
}

void GOMP_critical_end(void);
void GOMP_critical_end(void) {
    REAL(GOMP_critical_end);
    holds_leave(HOLD_CRITICAL, unnamed, HERE);
    real();
}

#define TAKE(name, type, kind, wait) \
    void name(type what); \
    void name(type what) { \
        REAL(name); \
        struct trace_event *const event = wait_begin(kind, wait, what, HERE); \
        real(what); \
        wait_end(event); \
        holds_took(wait, what, HERE, false); \
    }
#define LEAVE(name, type, wait) \
    void name(type what); \
    void name(type what) { \
        REAL(name); \
        holds_leave(wait, what, HERE); \
        real(what); \
    }
TAKE(GOMP_critical_name_start, void **, TRACE_CRITICAL, HOLD_CRITICAL)
LEAVE(GOMP_critical_name_end, void **, HOLD_CRITICAL)

// Simple and nested ones, by omp.h's names.
#define LOCK(kind, type) \
    TAKE(omp_set_##kind, type *, TRACE_LOCK, HOLD_LOCK) \
    LEAVE(omp_unset_##kind, type *, HOLD_LOCK) \
    int omp_test_##kind(type *what) { \
        REAL(omp_test_##kind); \
        const int got = real(what); \
        if (got) \
            holds_took(HOLD_LOCK, what, HERE, true); \
        return got; \
    } \
    void omp_init_##kind(type *what) { \
        REAL(omp_init_##kind); \
        real(what); \
        holds_made(what); \
    } \
    void omp_init_##kind##_with_hint(type *what, omp_sync_hint_t hint) { \
        REAL(omp_init_##kind##_with_hint); \
        real(what, hint); \
        holds_made(what); \
    } \
    void omp_destroy_##kind(type *what) { \
        REAL(omp_destroy_##kind); \
        holds_destroy(what, HERE); \
        real(what); \
    }
LOCK(lock, omp_lock_t)
LOCK(nest_lock, omp_nest_lock_t)

// -- tasks ----------------------------------------------------------------------------------------------

enum { TASK_REDUCTION = 1 << 12, TASK_DETACH = 1 << 13, TASK_ALIGN = 16 };

struct task {
    void (*body)(void *);
    void *data; // behind this struct
    uint64_t pc;
    bool detached;
};

struct handed {  // what libgomp copies
    void *event; // libgomp writes it here, where the task is detached
    struct task *task;
};

static void run_task(void *of) {
    const struct handed *const handed = of;
    struct task *const task = handed->task;
    struct trace_event *const event = note(TRACE_TASK, task->pc);
    const struct holds_task before = holds_task_begin();
    if (task->detached)
        memcpy(task->data, &handed->event, sizeof handed->event);
    task->body(task->data);
    holds_task_end(&before);
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
    const bool plain = (file || holds_wanted()) && !(flags & TASK_REDUCTION) && size >= 0;
    const size_t room =
        plain ? (size_t)size + (size_t)(align > TASK_ALIGN ? align : TASK_ALIGN) : 0;
    struct task *task = plain ? malloc(sizeof *task + room) : NULL;
    if (!task) {
        real(body, data, copy, size, align, deferred, flags, depend, priority, detach);
        return;
    }
    const uintptr_t step = (uintptr_t)(align > TASK_ALIGN ? align : TASK_ALIGN);
    const uintptr_t at = ((uintptr_t)(task + 1) + step - 1) / step * step;
    *task = (struct task){body, (void *)at, HERE, (flags & TASK_DETACH) != 0};
    if (copy)
        copy(task->data, data);
    else if (size)
        memcpy(task->data, data, (size_t)size);
    struct handed handed = {NULL, task};
    real(run_task, &handed, NULL, sizeof handed, _Alignof(struct handed), deferred, flags, depend,
         priority, detach);
}
