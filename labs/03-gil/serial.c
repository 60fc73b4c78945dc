// SPDX-License-Identifier: MIT
//
// Lab 03 gil, one worker. Given: this is the answer, and the time, that the others compare with.
// Nobody else is in the interpreter, so there is nobody to let in.

#include "gil.h"

void gil_serial(struct gil *g) {
    struct vm *vm = vm_open(g);
    for (int task = 0; task < g->tasks; task++) {
        vm_load(vm, task);
        for (enum stop stop; (stop = vm_run(vm, g->interval)) != VM_END;) {
            if (stop == VM_WAIT) {
                vm_wait(vm);
                vm_answer(vm);
            }
        }
    }
    vm_close(vm);
}
