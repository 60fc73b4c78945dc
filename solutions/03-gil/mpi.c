// SPDX-License-Identifier: MIT
//
// mpi.c: an interpreter a rank. Nobody else is in it, so there is no lock, and nobody to let in.

#include "gil.h"

void gil_mpi(struct gil *g, MPI_Comm comm) {
    int rank, size;
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &size);

    // decompose: tasks are dealt round
    struct vm *vm = vm_open(g);
    for (int task = rank; task < g->tasks; task += size) {
        // compute: as one worker does
        vm_load(vm, task);
        for (enum stop stop; (stop = vm_run(vm, g->interval)) != VM_END;) {
            if (stop == VM_WAIT) {
                vm_wait(vm);
                vm_answer(vm);
            }
        }
    }
    vm_close(vm);

    // combine: each task has an answer on one rank and 0 on all others; the sums add up as well
    const void *mine = rank == 0 ? MPI_IN_PLACE : g->answer;
    MPI_Reduce(mine, g->answer, g->tasks + 1, MPI_LONG, MPI_SUM, 0, comm);
}
