// EXPECT file=omp.c check=omp-race verdict=RACE says="which is called in line"
// Believed: vm_answer() belongs to the waiting. It makes an object, and for that it must be in the
// interpreter.

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
                if (stop == VM_WAIT) {
                    vm_wait(vm);
                    vm_answer(vm);
                }
                take();
            }
            give();
        }
        vm_close(vm);
    }
}
