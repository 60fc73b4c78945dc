// SPDX-License-Identifier: MIT
//
// barrier.c: barriers. What each thread did before one comes before what any does after it; so do
// the team's tasks. Two tokens in turn: a thread that is late at one barrier must not see what
// another did before the next.

#include "race.h"
#include "tsan.h"

static void arrive(const struct task *task) {
    if (task->team)
        __tsan_release(&task->team->barrier[task->phase & 1]);
}

static void leave(struct task *task) {
    if (!task->team)
        return;
    __tsan_acquire(&task->team->barrier[task->phase & 1]);
    __tsan_acquire(&task->team->tasks[task->phase & 1]);
    task->phase++;
    pace_thread();
}

#define BARRIER(name) \
    void name(void) { \
        REAL(name); \
        struct task *const task = task_now(); \
        arrive(task); \
        real(); \
        leave(task); \
    }

// Such a barrier tells whether the region was cancelled.
#define CANCELLABLE(name) \
    bool name(void) { \
        REAL(name); \
        struct task *const task = task_now(); \
        arrive(task); \
        const bool cancelled = real(); \
        leave(task); \
        return cancelled; \
    }

BARRIER(GOMP_barrier)
BARRIER(GOMP_loop_end)
BARRIER(GOMP_sections_end)
CANCELLABLE(GOMP_barrier_cancel)
CANCELLABLE(GOMP_loop_end_cancel)
CANCELLABLE(GOMP_sections_end_cancel)
