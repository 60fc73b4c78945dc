// EXPECT file=mpi.c check=mpi-equal verdict=WRONG says="It has tasks + 1"
// Believed: there are as many numbers as tasks. The sum behind them is a number, too.

#include "gil.h"

void gil_mpi(struct gil *g, MPI_Comm comm) {
    int rank, size;
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &size);
    struct vm *vm = vm_open(g);
    for (int task = rank; task < g->tasks; task += size) {
        vm_load(vm, task);
        for (enum stop stop; (stop = vm_run(vm, g->interval)) != VM_END;)
            if (stop == VM_WAIT) {
                vm_wait(vm);
                vm_answer(vm);
            }
    }
    vm_close(vm);
    MPI_Reduce(rank == 0 ? MPI_IN_PLACE : g->answer, g->answer, g->tasks, MPI_LONG, MPI_SUM, 0,
               comm);
}
