// SPDX-License-Identifier: MIT
//
// depend.c: which tasks a depend clause orders. A place that a task of the same parent has written
// comes before the next that reads or writes it; one that was read, before the next that writes it.

#include "race.h"
#include "tsan.h"
#include <stdint.h>

enum { TOKENS = 1 << 15 };
static char tokens[TOKENS][2]; // written, read; by hash: two places in one give an order too many

static char *token(unsigned parent, const void *address, bool reads) {
    uint64_t h = parent * UINT64_C(0x9E3779B97F4A7C15) ^
                 (uint64_t)(uintptr_t)address * UINT64_C(0xC2B2AE3D27D4EB4F);
    h = (h ^ h >> 29) * UINT64_C(0xBF58476D1CE4E5B9);
    return &tokens[(h ^ h >> 32) % TOKENS][reads];
}

// libgomp's array: {n, outs, addresses}, or with 0 first {0, n, outs, mutexinoutsets, ins,
// addresses, and the rest pairs of address and kind}.
void depend_read(struct task *task, void **depend) {
    const bool old = depend[0] != NULL;
    const size_t count = (size_t)(uintptr_t)depend[old ? 0 : 1];
    const size_t outs = old ? (uintptr_t)depend[1] : (uintptr_t)depend[2] + (uintptr_t)depend[3];
    const size_t plain = old ? count : outs + (uintptr_t)depend[4];
    task->needs = race_alloc((count + 1) * sizeof *task->needs);
    task->needs_count = count;
    for (size_t i = 0; i < count; i++) {
        void *address = depend[(old ? 2 : 5) + i];
        if (i >= plain)
            address = *(void **)address; // a depobj, of whatever kind: taken for a writer
        task->needs[i] = (struct dependence){address, i < outs || i >= plain};
    }
}

static unsigned scope(const struct task *task) {
    return task->parent ? task->parent->id : 0;
}

void depend_begin(const struct task *task) {
    for (size_t i = 0; i < task->needs_count; i++) {
        const struct dependence *need = &task->needs[i];
        __tsan_acquire(token(scope(task), need->address, false));
        if (need->writes)
            __tsan_acquire(token(scope(task), need->address, true));
    }
}

void depend_end(const struct task *task) {
    for (size_t i = 0; i < task->needs_count; i++) {
        const struct dependence *need = &task->needs[i];
        __tsan_release(token(scope(task), need->address, !need->writes));
    }
}
