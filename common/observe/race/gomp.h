// SPDX-License-Identifier: MIT
//
// gomp.h: of libgomp's binary interface, what more than one file here needs.

#ifndef TWOFOLD_GOMP_H
#define TWOFOLD_GOMP_H

#include <stdbool.h>

enum { // flags of a task
    GOMP_TASK_UNTIED = 1 << 0,
    GOMP_TASK_FINAL = 1 << 1,
    GOMP_TASK_MERGEABLE = 1 << 2,
    GOMP_TASK_DEPEND = 1 << 3,
    GOMP_TASK_PRIORITY = 1 << 4,
    GOMP_TASK_UP = 1 << 8, // of taskloop: it counts up
    GOMP_TASK_GRAINSIZE = 1 << 9,
    GOMP_TASK_IF = 1 << 10,
    GOMP_TASK_NOGROUP = 1 << 11,
    GOMP_TASK_REDUCTION = 1 << 12,
    GOMP_TASK_DETACH = 1 << 13,
    GOMP_TASK_STRICT = 1 << 14,
};

void GOMP_task(void (*body)(void *), void *data, void (*copy)(void *, void *), long size,
               long align, bool deferred, unsigned flags, void **depend, int priority,
               void *detach);
// The same, of a caller whose address is given. GOMP_TASK_REDUCTION: it uses the private copies of
// the thread that runs it.
void task_make(void (*body)(void *), void *data, void (*copy)(void *, void *), long size,
               long align, bool deferred, unsigned flags, void **depend, int priority, void *detach,
               void *caller);
void GOMP_taskgroup_start(void);
void GOMP_taskgroup_end(void);
void GOMP_taskgroup_reduction_register(unsigned long *reductions); // libgomp's own

#endif
