// EXPECT file=omp.c check=omp-equal verdict=HANG says="Does every lock that is set get unset?"
// Believed: with the end of a task all is done. The lock is still held, and the next task waits for
// it.

#include "gil.h"

#include <pthread.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t moved = PTHREAD_COND_INITIALIZER;
static long next, served;

static void take(void) {
    pthread_mutex_lock(&mutex);
    const long mine = next++;
    while (served != mine)
        pthread_cond_wait(&moved, &mutex);
    pthread_mutex_unlock(&mutex);
}

static void give(void) {
    pthread_mutex_lock(&mutex);
    served++;
    pthread_cond_broadcast(&moved);
    pthread_mutex_unlock(&mutex);
}

void gil_omp(struct gil *g) {
#pragma omp parallel
    {
        struct vm *vm = vm_open(g);
#pragma omp for schedule(dynamic)
        for (int task = 0; task < g->tasks; task++) {
            take();
            vm_load(vm, task);
            for (enum stop stop; (stop = vm_run(vm, g->interval)) != VM_END;) {
                give();
                if (stop == VM_WAIT)
                    vm_wait(vm);
                take();
                if (stop == VM_WAIT)
                    vm_answer(vm);
            }
        }
        vm_close(vm);
    }
}
