// SPDX-License-Identifier: MIT
//
// team.c: parallel regions, and what these files need of the C library.

#include "race.h"
#include "tsan.h"
#include <dlfcn.h>
#include <omp.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// -- memory, and libgomp's functions ----------------------------------------------------------------

void *race_alloc(size_t size) {
    AnnotateIgnoreWritesBegin(__FILE__, __LINE__);
    void *memory = calloc(1, size ? size : 1);
    AnnotateIgnoreWritesEnd(__FILE__, __LINE__);
    if (!memory) {
        fputs("The race lane ran out of memory.\n", stderr);
        abort();
    }
    return memory;
}

void race_free(void *memory) {
    AnnotateIgnoreWritesBegin(__FILE__, __LINE__);
    free(memory);
    AnnotateIgnoreWritesEnd(__FILE__, __LINE__);
}

void quiet_lock(char *busy) {
    while (__atomic_test_and_set(busy, __ATOMIC_ACQUIRE))
        sched_yield();
}

void quiet_unlock(char *busy) {
    __atomic_clear(busy, __ATOMIC_RELEASE);
}

void (*race_real(const char *name))(void) {
    void *found = dlsym(RTLD_NEXT, name);
    void (*function)(void);
    if (!found) {
        fprintf(stderr, "The race lane finds no %s: this OpenMP library is not GCC's.\n", name);
        abort();
    }
    memcpy(&function, &found, sizeof function);
    return function;
}

// -- regions ----------------------------------------------------------------------------------------

// What each thread runs in place of the region.
static void region(void *argument) {
    struct team *team = argument;
    struct task *const outside = task_now(), *const inside = task_new(NULL, team);
    team->size = omp_get_num_threads();
    pace_meet(team, &team->arrived);
    pace_thread();
    task_enter(inside);
    __tsan_acquire(&team->begin);
    team->body(team->data);
    __tsan_release(&team->end);
    task_put(inside); // its children may outlive it
    task_enter(outside);
}

static struct team *begin(void (*body)(void *), void *data) {
    static unsigned regions;
    struct team *team = race_alloc(sizeof *team);
    team->body = body;
    team->data = data;
    team->number = __atomic_add_fetch(&regions, 1, __ATOMIC_RELAXED);
    __tsan_release(&team->begin);
    return team;
}

static void end(struct team *team) {
    __tsan_acquire(&team->end);
    __tsan_acquire(&team->tasks[0]);
    __tsan_acquire(&team->tasks[1]);
    race_free(team);
}

void GOMP_parallel(void (*body)(void *), void *data, unsigned threads, unsigned flags) {
    REAL(GOMP_parallel);
    struct team *team = begin(body, data);
    real(region, team, threads, flags);
    end(team);
}

unsigned GOMP_parallel_reductions(void (*body)(void *), void *data, unsigned threads,
                                  unsigned flags) {
    REAL(GOMP_parallel_reductions);
    struct team *team = begin(body, data);
    team->reductions = *(void **)data;
    const unsigned used = real(region, team, threads, flags);
    end(team);
    return used;
}

void GOMP_parallel_sections(void (*body)(void *), void *data, unsigned threads, unsigned count,
                            unsigned flags) {
    REAL(GOMP_parallel_sections);
    struct team *team = begin(body, data);
    real(region, team, threads, count, flags);
    end(team);
}

// A region that is one loop: first, last, step, chunk.
#define LOOP(name) \
    void name(void (*body)(void *), void *data, unsigned threads, long first, long last, \
              long step, long chunk, unsigned flags) { \
        REAL(name); \
        struct team *team = begin(body, data); \
        real(region, team, threads, first, last, step, chunk, flags); \
        end(team); \
    }

LOOP(GOMP_parallel_loop_static)
LOOP(GOMP_parallel_loop_dynamic)
LOOP(GOMP_parallel_loop_guided)
LOOP(GOMP_parallel_loop_nonmonotonic_dynamic)
LOOP(GOMP_parallel_loop_nonmonotonic_guided)

// The same with schedule(runtime): no chunk.
#define RUNTIME(name) \
    void name(void (*body)(void *), void *data, unsigned threads, long first, long last, \
              long step, unsigned flags) { \
        REAL(name); \
        struct team *team = begin(body, data); \
        real(region, team, threads, first, last, step, flags); \
        end(team); \
    }

RUNTIME(GOMP_parallel_loop_runtime)
RUNTIME(GOMP_parallel_loop_nonmonotonic_runtime)
RUNTIME(GOMP_parallel_loop_maybe_nonmonotonic_runtime)
