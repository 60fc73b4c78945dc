// SPDX-License-Identifier: MIT
//
// race.h: teaches ThreadSanitizer (TSan) what GCC's OpenMP library synchronises.
//
// Theory of operation. TSan reports two accesses of one place, one of them a write, that nothing
// orders. It sees orders made by pthreads and atomics, but libgomp sleeps and wakes by futexes of
// its own, so every correct OpenMP program looks racy to it. The files here define the functions
// that gcc makes calls of for pragmas (GOMP_parallel, GOMP_barrier, GOMP_critical_start ...) and the
// locks of omp.h; they are linked into a program whose other objects were compiled with
// -fsanitize=thread, stand before libgomp, call the real function, and tell TSan the order that the
// function gave. None of them is instrumented itself.
//
//     team.c     a parallel region: what was before it is before all its threads, and they are
//                before what is after it; every thread of a team takes part
//     barrier.c  barriers, and the ends of loops and sections, which are barriers
//     share.c    dynamic loops and sections: each thread gets a share, so that no race is hidden
//                by one thread that did everything before the others woke up
//     lock.c     critical, atomic (where it is no instruction), locks: mutexes to TSan, which so
//                knows the lock order, too
//     order.c    ordered, doacross, copyprivate, flush
//     task.c     explicit tasks; depend.c: their dependences; taskloop.c: loops of tasks
//     libc.c     functions of the C library that two threads may not call at once
//     message.c  what calls of MPI (calls_*.c) read and write
//     pace.c     naps that keep threads out of step
//
// A token is one byte whose address names an order: what a thread did before tsan_release(token)
// comes before what another does after tsan_acquire(token).
//
// An explicit task is a fiber to TSan, with a stack of its own: so two tasks that nothing orders
// count as concurrent even when one thread runs both, one after the other.
//
// In the environment: TWOFOLD_RACE_SEED=N, another order of the threads each N.

#ifndef TWOFOLD_RACE_H
#define TWOFOLD_RACE_H

#include <stdbool.h>
#include <stddef.h>

enum { RACE_SHARES = 128, RACE_DOACROSS = 64 };

// A parallel region while it runs.
struct team {
    void *reductions;      // first, for libgomp reads it there: of reduction(task, ...)
    void (*body)(void *);  // the region, made a function by gcc
    void *data;            // its shared variables
    int size, arrived;     // threads; those of them that have begun
    unsigned number;       // of the region, from 1 on
    char begin, end;       // tokens: the region's ends
    char barrier[2];       // tokens: of barriers with even and odd numbers
    char tasks[2];         // tokens: tasks that end before such a barrier
    char ordered, copy[2]; // tokens: ordered; copyprivate
    char doacross[RACE_DOACROSS];
    int taken[RACE_SHARES];      // threads that have got work of the n-th shared construct
    char exhausted[RACE_SHARES]; // nothing is left of it
};

struct group {
    struct group *outer;
    char end; // token: the tasks of a taskgroup
};

struct dependence {
    void *address;
    bool writes; // out, inout, mutexinoutset
};

// What a thread is in: implicit (the region itself) or explicit.
struct task {
    struct task *parent;
    struct team *team; // NULL outside of parallel regions
    struct group *group;
    unsigned id;
    unsigned phase;             // barriers passed
    unsigned share;             // shared constructs passed
    bool took;                  // has got work of this one
    int users;                  // who still needs this struct
    char create, children, end; // tokens: its creation, its children's ends, its own end
    void (*body)(void *);
    void *data, *copy; // copy: the allocated piece in which data lies
    void *fiber;       // to TSan; NULL: none
    bool detached;     // data begins with its event
    bool reduces;      // has in_reduction
    struct dependence *needs;
    size_t needs_count;
};

// The task that this thread is in; one of its own outside of all regions.
struct task *task_now(void);
void task_enter(struct task *task);
struct task *task_new(struct task *parent, struct team *team);
void task_put(struct task *task); // a user less; the last one frees it

// depend.c. Reads libgomp's array of a depend clause into task->needs.
void depend_read(struct task *task, void **depend);
void depend_begin(const struct task *task); // all it waits for has come before
void depend_end(const struct task *task);   // all that wait for it come after

void pace_thread(void);                          // at a region's and a barrier's end
void pace_share(struct task *task, bool got);    // after a loop or section gave some work, or none
void pace_meet(struct team *team, int *arrived); // all threads of the team are there

// Memory of these files, unseen by TSan. Zeroed.
void *race_alloc(size_t size);
void race_free(void *memory);

// Locks that TSan does not see, for they order nothing in the program. `busy`: 0 at first.
void quiet_lock(char *busy);
void quiet_unlock(char *busy);

// The function of this name that comes after ours: libgomp's. Never NULL.
void (*race_real(const char *name))(void);

// Declares `real`, the real function NAME, which has been declared before.
#define REAL(name) \
    static __typeof__(name) *real; \
    if (!real) \
    real = (__typeof__(name) *)race_real(#name)

#endif
