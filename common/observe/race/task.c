// SPDX-License-Identifier: MIT
//
// task.c: explicit tasks, each a fiber with a stack of its own; taskwait and taskgroup.

#include "gomp.h"
#include "race.h"
#include "tsan.h"
#include <omp.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>

enum { STACK = 512 << 10, GUARD = 4096 }; // bytes; one page is touched by most tasks

static __thread struct task *now; // the task this thread is in
static unsigned ids;
static char fulfilled; // token: events of detached tasks
// A token each thread: its private copies of in_reduction variables, which all tasks that it runs
// share.
static __thread char copies;

struct task *task_new(struct task *parent, struct team *team) {
    struct task *task = race_alloc(sizeof *task);
    task->team = team;
    task->users = 1;
    task->id = __atomic_add_fetch(&ids, 1, __ATOMIC_RELAXED);
    if (parent) {
        __atomic_add_fetch(&parent->users, 1, __ATOMIC_RELAXED);
        task->parent = parent;
        task->group = parent->group;
        task->phase = parent->phase;
    }
    return task;
}

void task_put(struct task *task) {
    while (task && __atomic_sub_fetch(&task->users, 1, __ATOMIC_ACQ_REL) == 0) {
        struct task *parent = task->parent;
        race_free(task->needs);
        race_free(task);
        task = parent;
    }
}

struct task *task_now(void) {
    if (!now)
        now = task_new(NULL, NULL);
    return now;
}

void task_enter(struct task *task) {
    now = task;
}

// -- a task runs ------------------------------------------------------------------------------------

static void on_stack(unsigned high, unsigned low) {
    const struct task *task = (struct task *)((uintptr_t)high << 32 | low); // as makecontext has it
    task->body(task->data);
}

// Runs the body on a new stack: frames of two tasks must not lie at the same place, or the one
// would seem to touch the other's variables. TSan forgets what was at a place that is unmapped.
static void run(struct task *task) {
    char *stack = mmap(NULL, STACK, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK | MAP_NORESERVE, -1, 0);
    ucontext_t here, there;
    if (stack == MAP_FAILED || getcontext(&there) < 0) {
        task->body(task->data);
        return;
    }
    mprotect(stack, GUARD, PROT_NONE);
    there.uc_stack.ss_sp = stack + GUARD;
    there.uc_stack.ss_size = STACK - GUARD;
    there.uc_link = &here;
    const uintptr_t bits = (uintptr_t)task;
    makecontext(&there, (void (*)(void))on_stack, 2, (unsigned)(bits >> 32), (unsigned)bits);
    swapcontext(&here, &there);
    munmap(stack, STACK);
}

// What libgomp is given in place of the task's own data.
struct parcel {
    void *event; // libgomp writes it here, where the task is detached
    struct task *task;
};

static void execute(void *argument) {
    const struct parcel *parcel = argument;
    struct task *const task = parcel->task, *const outside = now;
    void *const fiber = __tsan_get_current_fiber();
    if (task->detached)
        memcpy(task->data, &parcel->event, sizeof parcel->event);
    __tsan_release(&copies);
    __tsan_switch_to_fiber(task->fiber, TSAN_NO_SYNC);
    now = task;
    __tsan_acquire(&task->create);
    depend_begin(task);
    if (task->reduces)
        __tsan_acquire(&copies);
    run(task);
    race_free(task->copy);
    depend_end(task);
    if (task->reduces)
        __tsan_release(&copies);
    __tsan_release(&task->end);
    __tsan_release(&task->parent->children);
    if (task->group)
        __tsan_release(&task->group->end);
    if (task->team)
        __tsan_release(&task->team->tasks[task->phase & 1]);
    now = outside;
    __tsan_switch_to_fiber(fiber, TSAN_NO_SYNC);
    __tsan_destroy_fiber(task->fiber);
    task_put(task);
}

// A copy of the task's firstprivate data, as libgomp would make it.
static void copy_data(struct task *task, void *data, void (*copy)(void *, void *), size_t size,
                      size_t align) {
    if (align < sizeof(void *))
        align = sizeof(void *);
    task->copy = race_alloc(size + align + sizeof(void *));
    task->data = (void *)(((uintptr_t)task->copy + align - 1) & ~(uintptr_t)(align - 1));
    if (copy)
        copy(task->data, data);
    else if (size)
        memcpy(task->data, data, size);
}

void task_make(void (*body)(void *), void *data, void (*copy)(void *, void *), long size,
               long align, bool deferred, unsigned flags, void **depend, int priority, void *detach,
               void *caller) {
    REAL(GOMP_task);
    struct task *task = task_new(task_now(), now->team);
    task->users++; // libgomp's, and ours until the end of this function
    task->body = body;
    task->detached = (flags & GOMP_TASK_DETACH) != 0;
    task->reduces = (flags & GOMP_TASK_REDUCTION) != 0;
    copy_data(task, data, copy, (size_t)size, (size_t)align);
    if ((flags & GOMP_TASK_DEPEND) && depend)
        depend_read(task, depend);
    const bool at_once = !deferred || omp_in_final() || (flags & GOMP_TASK_FINAL);
    __tsan_func_entry(caller); // so that the report tells where it was made
    task->fiber = __tsan_create_fiber(0);
    __tsan_func_exit();
    __tsan_release(&task->create);
    struct parcel parcel = {NULL, task};
    real(execute, &parcel, NULL, sizeof parcel, _Alignof(struct parcel), deferred,
         flags & ~(unsigned)GOMP_TASK_REDUCTION, depend, priority, detach);
    if (at_once)
        __tsan_acquire(&task->end);
    task_put(task);
}

void GOMP_task(void (*body)(void *), void *data, void (*copy)(void *, void *), long size,
               long align, bool deferred, unsigned flags, void **depend, int priority,
               void *detach) {
    task_make(body, data, copy, size, align, deferred, flags, depend, priority, detach,
              __builtin_return_address(0));
}

// A task with in_reduction asks for the copies of the thread that runs it.
void GOMP_task_reduction_remap(size_t count, size_t originals, void **variables) {
    REAL(GOMP_task_reduction_remap);
    struct task *task = task_now();
    real(count, originals, variables);
    task->reduces = true;
    __tsan_acquire(&copies);
}

// -- waiting for tasks ------------------------------------------------------------------------------

void GOMP_taskwait(void) {
    REAL(GOMP_taskwait);
    struct task *task = task_now();
    real();
    __tsan_acquire(&task->children);
    __tsan_acquire(&fulfilled);
}

void GOMP_taskwait_depend(void **depend) {
    REAL(GOMP_taskwait_depend);
    struct task *task = task_now(), waits = {.parent = task};
    real(depend);
    depend_read(&waits, depend);
    depend_begin(&waits);
    __tsan_acquire(&fulfilled);
    race_free(waits.needs);
}

void GOMP_taskgroup_start(void) {
    REAL(GOMP_taskgroup_start);
    struct task *task = task_now();
    struct group *group = race_alloc(sizeof *group);
    group->outer = task->group;
    task->group = group;
    real();
}

void GOMP_taskgroup_end(void) {
    REAL(GOMP_taskgroup_end);
    struct task *task = task_now();
    struct group *group = task->group;
    real();
    if (!group)
        return;
    __tsan_acquire(&group->end);
    __tsan_acquire(&fulfilled);
    task->group = group->outer;
    race_free(group);
}

void omp_fulfill_event(omp_event_handle_t event) {
    REAL(omp_fulfill_event);
    __tsan_release(&fulfilled);
    real(event);
}

// target: on a machine without a device its region runs here, as part of the task.
void GOMP_target_ext(int device, void (*body)(void *), size_t count, void **hosts, size_t *sizes,
                     unsigned short *kinds, unsigned flags, void **depend, void **more) {
    REAL(GOMP_target_ext);
    struct task *task = task_now();
    real(device, body, count, hosts, sizes, kinds, flags, depend, more);
    __tsan_acquire(&task->children);
}
