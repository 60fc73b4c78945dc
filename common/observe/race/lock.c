// SPDX-License-Identifier: MIT
//
// lock.c: critical sections and locks are mutexes to TSan: it then names those that were held, and
// knows when two are taken in one order here and in the other there. Each function tells it who has
// called, so that a report names the line of the program.

#include "race.h"
#include "tsan.h"
#include <omp.h>

static char unnamed, instruction; // critical without a name; atomic that is no instruction

static void before(void *mutex, unsigned flags, void *caller) {
    __tsan_func_entry(caller);
    __tsan_mutex_pre_lock(mutex, flags | TSAN_LINKER_INIT);
    __tsan_func_exit();
}

static void after(void *mutex, unsigned flags, void *caller) {
    __tsan_func_entry(caller);
    __tsan_mutex_post_lock(mutex, flags | TSAN_LINKER_INIT, 0);
    __tsan_func_exit();
}

static void leave(void *mutex, void *caller) {
    __tsan_func_entry(caller);
    __tsan_mutex_pre_unlock(mutex, 0);
    __tsan_func_exit();
}

#define CALLER __builtin_return_address(0)

void GOMP_critical_start(void) {
    REAL(GOMP_critical_start);
    before(&unnamed, 0, CALLER);
    real();
    after(&unnamed, 0, CALLER);
}

void GOMP_critical_end(void) {
    REAL(GOMP_critical_end);
    leave(&unnamed, CALLER);
    real();
    __tsan_mutex_post_unlock(&unnamed, 0);
}

void GOMP_critical_name_start(void **name) {
    REAL(GOMP_critical_name_start);
    before(name, 0, CALLER);
    real(name);
    after(name, 0, CALLER);
}

void GOMP_critical_name_end(void **name) {
    REAL(GOMP_critical_name_end);
    leave(name, CALLER);
    real(name);
    __tsan_mutex_post_unlock(name, 0);
}

void GOMP_atomic_start(void) {
    REAL(GOMP_atomic_start);
    real();
    __tsan_acquire(&instruction);
}

void GOMP_atomic_end(void) {
    REAL(GOMP_atomic_end);
    __tsan_release(&instruction);
    real();
}

// Simple or nested, by omp.h's names; a nested lock may be taken again by its holder.
#define LOCK(kind, type, flags) \
    void omp_init_##kind(type *lock) { \
        REAL(omp_init_##kind); \
        real(lock); \
        __tsan_func_entry(CALLER); \
        __tsan_mutex_create(lock, TSAN_NOT_STATIC | (flags)); \
        __tsan_func_exit(); \
    } \
    void omp_destroy_##kind(type *lock) { \
        REAL(omp_destroy_##kind); \
        __tsan_func_entry(CALLER); \
        __tsan_mutex_destroy(lock, 0); \
        __tsan_func_exit(); \
        real(lock); \
    } \
    void omp_set_##kind(type *lock) { \
        REAL(omp_set_##kind); \
        before(lock, flags, CALLER); \
        real(lock); \
        after(lock, flags, CALLER); \
    } \
    void omp_unset_##kind(type *lock) { \
        REAL(omp_unset_##kind); \
        leave(lock, CALLER); \
        real(lock); \
        __tsan_mutex_post_unlock(lock, 0); \
    } \
    int omp_test_##kind(type *lock) { \
        REAL(omp_test_##kind); \
        before(lock, (flags) | TSAN_TRY, CALLER); \
        const int got = real(lock); \
        after(lock, (flags) | TSAN_TRY | (got ? 0 : TSAN_TRY_FAILED), CALLER); \
        return got; \
    }

LOCK(lock, omp_lock_t, 0)
LOCK(nest_lock, omp_nest_lock_t, TSAN_REENTRANT)
