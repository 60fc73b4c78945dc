// SPDX-License-Identifier: MIT
//
// taskloop.c: a loop cut into tasks. libgomp would make them out of our sight, so they are made
// here, in the same number and sizes.

#include "gomp.h"
#include "race.h"
#include <omp.h>

// How many tasks: `count` iterations, `asked` the number in num_tasks or grainsize, 0: none.
static unsigned long tasks(unsigned long count, unsigned long asked, unsigned flags) {
    if (flags & GOMP_TASK_GRAINSIZE) {
        const unsigned long whole = asked ? count / asked : count;
        return whole + ((flags & GOMP_TASK_STRICT) && asked && count % asked > 0) + (whole == 0);
    }
    const unsigned long n = asked ? asked : (unsigned long)omp_get_num_threads();
    return n < count ? n : count;
}

enum {
    KEPT = GOMP_TASK_UNTIED | GOMP_TASK_FINAL | GOMP_TASK_MERGEABLE | GOMP_TASK_PRIORITY |
           GOMP_TASK_REDUCTION
};

// The data begins with the first and the last iteration of a task, then a pointer to reductions.
// Steps of the unsigned kind count modulo 2^64, so down as well as up.
#define TASKLOOP(name, number, goes_up) \
    void name(void (*body)(void *), void *data, void (*copy)(void *, void *), long size, \
              long align, unsigned flags, unsigned long asked, int priority, number first, \
              number last, number step) { \
        struct { \
            number first, last; \
            unsigned long *reductions; \
        } *const head = data; \
        const bool up = goes_up; \
        unsigned long count = 0; \
        if (up && first < last) \
            count = (unsigned long)((last - first + step - 1) / step); \
        else if (!up && first > last) \
            count = (unsigned long)((first - last - step - 1) / (0 - step)); \
        if (!(flags & GOMP_TASK_NOGROUP)) { \
            GOMP_taskgroup_start(); \
            if (flags & GOMP_TASK_REDUCTION) \
                GOMP_taskgroup_reduction_register(head->reductions); \
        } \
        const unsigned long n = count ? tasks(count, asked, flags) : 0; \
        const bool strict = (flags & GOMP_TASK_GRAINSIZE) && (flags & GOMP_TASK_STRICT) && asked; \
        const number old_first = head->first, old_last = head->last; \
        for (unsigned long i = 0; i < n; i++) { \
            unsigned long piece = count / n + (i < count % n); \
            if (strict) \
                piece = i < n - 1 ? asked : count - asked * (n - 1); \
            head->first = first; \
            head->last = first += (number)piece * step; \
            task_make(body, data, copy, size, align, (flags & GOMP_TASK_IF) != 0, flags & KEPT, \
                      NULL, priority, NULL, __builtin_return_address(0)); \
        } \
        head->first = old_first; \
        head->last = old_last; \
        if (!(flags & GOMP_TASK_NOGROUP)) \
            GOMP_taskgroup_end(); \
    }

TASKLOOP(GOMP_taskloop, long, step > 0)
TASKLOOP(GOMP_taskloop_ull, unsigned long long, (flags & GOMP_TASK_UP) != 0)
