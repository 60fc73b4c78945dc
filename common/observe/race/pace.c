// SPDX-License-Identifier: MIT
//
// pace.c: keeps the threads of a team together and out of step. A race shows only where both
// threads really come by, and TSan can miss two accesses of exactly the same moment.

#include "race.h"
#include "tsan.h"
#include <omp.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum {
    NAP_US = 60,        // between the starts of two threads
    NAPS_MOST = 4000,   // a run, so that a program of many short regions still ends
    MEET_ROUNDS = 4000, // of 50 us: a thread that was never started is waited for 0.2 s
    SHARE_ROUNDS = 200, // of 100 us
};

// A sleep that TSan does not know about: it would say "as if synchronized via sleep".
static void nap(long us) {
    const struct timespec t = {us / 1000000, us % 1000000 * 1000};
    syscall(SYS_nanosleep, &t, NULL);
}

static unsigned seed(void) {
    static int known = -1;
    if (known < 0) {
        const char *text = getenv("TWOFOLD_RACE_SEED");
        known = text ? (int)(strtoul(text, NULL, 10) & 0xffff) : 0;
    }
    return (unsigned)known;
}

// Threads go on one after the other, in an order that the seed turns and reverses.
void pace_thread(void) {
    static unsigned naps;
    const int team = omp_get_num_threads();
    if (team < 2 || __atomic_fetch_add(&naps, 1, __ATOMIC_RELAXED) >= NAPS_MOST)
        return;
    const int thread = omp_get_thread_num(), turned = seed() & 1 ? team - 1 - thread : thread;
    const int turn = (turned + (int)(seed() / 2)) % team;
    if (turn > 0)
        nap((long)NAP_US * turn);
}

void pace_meet(struct team *team, int *arrived) {
    __atomic_add_fetch(arrived, 1, __ATOMIC_ACQ_REL);
    for (int k = 0; k < MEET_ROUNDS && __atomic_load_n(arrived, __ATOMIC_ACQUIRE) < team->size; k++)
        if (k < 100)
            sched_yield();
        else
            nap(50);
}

// After its first piece of work a thread waits until every other one has got some, too, or
// nothing is left (20 ms at most: some may not come by here).
void pace_share(struct task *task, bool got) {
    struct team *team = task->team;
    const unsigned n = task->share;
    if (!team || team->size < 2 || n >= RACE_SHARES)
        return;
    if (!got) {
        __atomic_store_n(&team->exhausted[n], 1, __ATOMIC_RELEASE);
        task->share++;
        task->took = false;
        return;
    }
    if (task->took)
        return;
    task->took = true;
    __atomic_add_fetch(&team->taken[n], 1, __ATOMIC_ACQ_REL);
    for (int k = 0;
         k < SHARE_ROUNDS && __atomic_load_n(&team->taken[n], __ATOMIC_ACQUIRE) < team->size &&
         !__atomic_load_n(&team->exhausted[n], __ATOMIC_ACQUIRE);
         k++)
        nap(100);
    nap(30L * omp_get_thread_num());
}
