// SPDX-License-Identifier: MIT
//
// sleeps.c: where a thread waits for another one outside MPI, where several may call it: the functions
// below stand in for those of the threads' library, note the place, and call the real ones. That the
// thread does sleep, the reader sees for itself.

#include "checker.h"
#include <dlfcn.h>
#include <pthread.h>
#include <semaphore.h>
#include <string.h>
#include <sys/syscall.h>
#include <threads.h>
#include <unistd.h>

#pragma GCC visibility push(default)

// The function of this name behind ours.
static void find(const char *name, void *function) {
    void *const found = dlsym(RTLD_NEXT, name);
    memcpy(function, &found, sizeof found);
}

// NULL: it is not noted, since it is no wait of the program's own code, or there is no room.
static struct board_sleep *sleep_begins(enum board_sleeps what, const void *pc) {
    const uint64_t place = (uint64_t)(uintptr_t)pc;
    if (!self.slot || self.level != LEVEL_MULTIPLE || !rank_has(place))
        return NULL;
    for (int i = 0; i < BOARD_SLEEPS; i++) {
        struct board_sleep *const sleep = &self.slot->sleeps[i];
        int32_t nobody = 0;
        if (!atomic_compare_exchange_strong(&sleep->tid, &nobody, (int32_t)syscall(SYS_gettid)))
            continue;
        sleep->what = what;
        sleep->pc = place;
        return sleep;
    }
    return NULL;
}

static void sleep_ends(struct board_sleep *sleep) {
    if (sleep)
        atomic_store(&sleep->tid, 0);
}

#define WAIT(name, params, args, what) \
    int name params { \
        static __typeof__(&(name)) real; \
        if (!real) \
            find(#name, &real); \
        struct board_sleep *const sleep = sleep_begins(what, __builtin_return_address(0)); \
        const int result = real args; \
        sleep_ends(sleep); \
        return result; \
    }
WAIT(pthread_join, (pthread_t th, void **thread_return), (th, thread_return), SLEEP_JOIN)
WAIT(thrd_join, (thrd_t thr, int *res), (thr, res), SLEEP_JOIN)
WAIT(pthread_cond_wait, (pthread_cond_t * cond, pthread_mutex_t *mutex), (cond, mutex),
     SLEEP_CONDITION)
WAIT(cnd_wait, (cnd_t * cond, mtx_t *mutex), (cond, mutex), SLEEP_CONDITION)
WAIT(pthread_barrier_wait, (pthread_barrier_t * barrier), (barrier), SLEEP_BARRIER)
WAIT(sem_wait, (sem_t * sem), (sem), SLEEP_SEMAPHORE)
WAIT(pthread_mutex_lock, (pthread_mutex_t * mutex), (mutex), SLEEP_LOCK)
WAIT(mtx_lock, (mtx_t * mutex), (mutex), SLEEP_LOCK)
