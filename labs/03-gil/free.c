// SPDX-License-Identifier: MIT
//
// free.c: given, to compare with. What the lock protects is the interpreter, and not the threads:
// give every thread an interpreter of its own, and none has to wait for another. What is left to
// share is the array of answers, and each entry of it has one writer; the sum is added up at the end.

#include "machine.h"

#include <stdlib.h>

void gil_free(struct gil *g) {
    long total = 0;
#pragma omp parallel reduction(+ : total)
    {
        struct gil mine = *g; // with a sum of its own, so the array is a copy as well
        mine.interpreter = interpreter_new();
        mine.answer = calloc((size_t)g->tasks + 1, sizeof *mine.answer);
        struct vm *vm = mine.interpreter && mine.answer ? vm_open(&mine) : NULL;
        if (!vm)
            refuse("There is no memory for an interpreter for each thread; start fewer threads.");
#pragma omp for schedule(dynamic)
        for (int task = 0; task < g->tasks; task++) {
            if (!vm)
                continue;
            vm_load(vm, task);
            for (enum stop stop; (stop = vm_run(vm, g->interval)) != VM_END;) {
                if (stop == VM_WAIT) {
                    vm_wait(vm);
                    vm_answer(vm);
                }
            }
            g->answer[task] = mine.answer[task];
        }
        if (vm)
            total += mine.answer[g->tasks];
        vm_close(vm);
        free(mine.answer);
        interpreter_free(mine.interpreter);
    }
    g->answer[g->tasks] = total;
}
