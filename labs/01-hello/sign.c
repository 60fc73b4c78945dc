// SPDX-License-Identifier: MIT
//
// sign.c: given. How a worker signs a line, and what it notes beside its signature.

#include "hello.h"

#include <sched.h>
#include <stdatomic.h>
#include <time.h>
#include <unistd.h>

// One variable. How many workers write to it? See `note` when you run a version.
static atomic_int counter;

// -- on which cores ------------------------------------------------------------------------------------

// A thread pins itself when it signs: threads of a team live longer than one call, and must not
// stay where an earlier call put them.
static void stay_on(int cores) {
    static _Thread_local int at; // cores that this thread is pinned to; 0: it may use all
    static _Thread_local cpu_set_t all;
    if (cores == at)
        return;
    if (at == 0 && sched_getaffinity(0, sizeof all, &all) != 0)
        return;
    cpu_set_t some = all;
    for (int core = 0, kept = 0; cores > 0 && core < CPU_SETSIZE; core++)
        if (CPU_ISSET(core, &all) && kept++ >= cores)
            CPU_CLR(core, &some);
    if (sched_setaffinity(0, sizeof some, &some) == 0)
        at = cores;
}

// -- signing -------------------------------------------------------------------------------------------

static uint64_t draw(uint64_t mark, long strokes) {
    for (long i = 0; i < strokes; i++)
        mark = (mark ^ (mark >> 29)) * UINT64_C(0xbf58476d1ce4e5b9);
    return mark;
}

static void wait_for(double seconds) {
    struct timespec left = {.tv_sec = (time_t)seconds};
    left.tv_nsec = (long)((seconds - (double)left.tv_sec) * 1e9);
    while (seconds > 0 && nanosleep(&left, &left) != 0)
        ;
}

void hello_sign(struct hello *h, int i, int worker, int of) {
    struct line *const line = &h->roll[i];
    enum { PARTS = HELLO_STAMPS - 1 };
    stay_on(h->cores);
    line->begin = now();
    wait_for(h->pause);
    line->stamp[0] = now();
    uint64_t mark = random_bits(h->seed, 0, (uint64_t)i) | 1;
    for (int part = 0; part < PARTS; part++) {
        const struct range strokes = block_range(h->strokes, PARTS, part);
        mark = draw(mark, strokes.hi - strokes.lo);
        line->stamp[part + 1] = now();
    }
    line->mark = mark;
    line->of = of;
    line->process = getpid();
    line->thread = gettid();
    line->counter = (uint64_t)(uintptr_t)&counter;
    line->count = ++counter;
    line->worker = worker;
}

void hello_begin(void) {
    counter = 0;
}
