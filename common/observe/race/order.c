// SPDX-License-Identifier: MIT
//
// order.c: what orders two threads without a lock: ordered, doacross, copyprivate, flush.

#include "race.h"
#include "tsan.h"
#include <stdarg.h>

void GOMP_ordered_start(void) {
    REAL(GOMP_ordered_start);
    struct team *team = task_now()->team;
    real();
    if (team)
        __tsan_acquire(&team->ordered);
}

void GOMP_ordered_end(void) {
    REAL(GOMP_ordered_end);
    struct team *team = task_now()->team;
    if (team)
        __tsan_release(&team->ordered);
    real();
}

void *GOMP_single_copy_start(void) {
    REAL(GOMP_single_copy_start);
    const struct task *task = task_now();
    void *copied = real();
    if (copied && task->team)
        __tsan_acquire(&task->team->copy[task->phase & 1]);
    return copied;
}

void GOMP_single_copy_end(void *data) {
    REAL(GOMP_single_copy_end);
    const struct task *task = task_now();
    if (task->team)
        __tsan_release(&task->team->copy[task->phase & 1]);
    real(data);
}

// doacross: ordered(n) with depend(source) and depend(sink: ...). A token each first counter,
// modulo their number: some orders more than there are, never one less.
static void *doacross(unsigned long counter) {
    struct team *team = task_now()->team;
    return team ? &team->doacross[counter % RACE_DOACROSS] : NULL;
}

void GOMP_doacross_post(long *counters) {
    REAL(GOMP_doacross_post);
    void *token = doacross((unsigned long)counters[0]);
    if (token)
        __tsan_release(token);
    real(counters);
}

void GOMP_doacross_ull_post(unsigned long long *counters) {
    REAL(GOMP_doacross_ull_post);
    void *token = doacross(counters[0]);
    if (token)
        __tsan_release(token);
    real(counters);
}

// As many arguments as the loop nest is deep: more are passed on, and not looked at.
void GOMP_doacross_wait(long first, ...) {
    REAL(GOMP_doacross_wait);
    long more[5];
    va_list rest;
    va_start(rest, first);
    for (int i = 0; i < 5; i++)
        more[i] = va_arg(rest, long);
    va_end(rest);
    real(first, more[0], more[1], more[2], more[3], more[4]);
    void *token = doacross((unsigned long)first);
    if (token)
        __tsan_acquire(token);
}

void GOMP_doacross_ull_wait(unsigned long long first, ...) {
    REAL(GOMP_doacross_ull_wait);
    unsigned long long more[5];
    va_list rest;
    va_start(rest, first);
    for (int i = 0; i < 5; i++)
        more[i] = va_arg(rest, unsigned long long);
    va_end(rest);
    real(first, more[0], more[1], more[2], more[3], more[4]);
    void *token = doacross(first);
    if (token)
        __tsan_acquire(token);
}

// flush: TSan follows atomics, not fences. All fences of a program are in one order, so what came
// before one comes before what is after the next: right for a flag that is written and read
// atomically with a flush beside it; the flag itself is still looked at.
void __tsan_atomic_thread_fence(int order) {
    static char fence;
    REAL(__tsan_atomic_thread_fence);
    real(order);
    __tsan_release(&fence);
    __tsan_acquire(&fence);
}
