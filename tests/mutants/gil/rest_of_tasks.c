// EXPECT file=mpi.c check=mpi-equal verdict=WRONG says="there is a rest of"
// Believed: the number of tasks is a multiple of the number of ranks.

#include "gil.h"

void gil_mpi(struct gil *g, MPI_Comm comm) {
    int rank, size;
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &size);
    struct vm *vm = vm_open(g);
    const int each = g->tasks / size;
    for (int task = rank * each; task < (rank + 1) * each; task++) {
        vm_load(vm, task);
        for (enum stop stop; (stop = vm_run(vm, g->interval)) != VM_END;)
            if (stop == VM_WAIT) {
                vm_wait(vm);
                vm_answer(vm);
            }
    }
    vm_close(vm);
    MPI_Reduce(rank == 0 ? MPI_IN_PLACE : g->answer, g->answer, g->tasks + 1, MPI_LONG, MPI_SUM, 0,
               comm);
}
