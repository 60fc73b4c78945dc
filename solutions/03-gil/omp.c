// SPDX-License-Identifier: MIT
//
// omp.c: threads of one interpreter. The lock is a queue: who wants to get in takes a number, and
// numbers are served in order. With a plain lock, the thread that gives it back and takes it again
// in the next line mostly gets it again: those who sleep in front of it wake up too late.

#include "gil.h"

#include <pthread.h>

struct queue {
    pthread_mutex_t mutex; // held for a moment only, to look at the two numbers
    pthread_cond_t moved;
    long next, served; // the number that the next one takes; who may be in the interpreter
};

static void take(struct queue *q) {
    pthread_mutex_lock(&q->mutex);
    const long mine = q->next++;
    while (q->served != mine)
        pthread_cond_wait(&q->moved, &q->mutex);
    pthread_mutex_unlock(&q->mutex);
}

static void give(struct queue *q) {
    pthread_mutex_lock(&q->mutex);
    q->served++;
    pthread_cond_broadcast(&q->moved);
    pthread_mutex_unlock(&q->mutex);
}

void gil_omp(struct gil *g) {
    struct queue q = {.mutex = PTHREAD_MUTEX_INITIALIZER, .moved = PTHREAD_COND_INITIALIZER};
#pragma omp parallel
    {
        struct vm *vm = vm_open(g); // each thread has its own task under way
        // decompose: who is free takes the next task, in ascending order
#pragma omp for schedule(dynamic)
        for (int task = 0; task < g->tasks; task++) {
            // compute: in the interpreter with the lock only
            take(&q);
            vm_load(vm, task);
            for (enum stop stop; (stop = vm_run(vm, g->interval)) != VM_END;) {
                // outside: others get in, while this one waits, or has had its time
                give(&q);
                if (stop == VM_WAIT)
                    vm_wait(vm);
                take(&q);
                if (stop == VM_WAIT)
                    vm_answer(vm);
            }
            give(&q);
        }
        vm_close(vm);
    }
    // combine: nothing. vm_run() has noted all answers, and added them up, with the lock held
}
