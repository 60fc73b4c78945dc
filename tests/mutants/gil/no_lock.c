// EXPECT file=omp.c check=omp-race verdict=RACE says="which is called in line"
// Believed: each thread has a vm of its own, so nothing is shared. The interpreter is: its objects,
// and their counts.

#include "gil.h"

void gil_omp(struct gil *g) {
#pragma omp parallel
    {
        struct vm *vm = vm_open(g);
#pragma omp for schedule(dynamic)
        for (int task = 0; task < g->tasks; task++) {
            vm_load(vm, task);
            for (enum stop stop; (stop = vm_run(vm, g->interval)) != VM_END;)
                if (stop == VM_WAIT) {
                    vm_wait(vm);
                    vm_answer(vm);
                }
        }
        vm_close(vm);
    }
}
