// EXPECT file=omp.c check=omp-wait verdict=SERIAL says="What lets only one of them ask at a time?"
// Believed: the lock is held from the beginning of a task to its end, but for a switch now and
// then. So it is held while the task waits, too.

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
                if (stop == VM_WAIT) {
                    vm_wait(vm);
                    vm_answer(vm);
                } else {
                    give();
                    take();
                }
            }
            give();
        }
        vm_close(vm);
    }
}
