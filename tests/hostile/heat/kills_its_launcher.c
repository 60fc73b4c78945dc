// EXPECT file=mpi.c check=mpi-equal verdict=CRASH|HANG says="t"
// Attack: kills the program that started the ranks, and then the other ranks.

#include "heat.h"

#include <signal.h>
#include <unistd.h>

void heat_mpi(struct heat *h, MPI_Comm comm) {
    (void)h;
    (void)comm;
    kill(getppid(), SIGKILL);
    for (pid_t pid = 2; pid < 200; pid++)
        if (pid != getpid())
            kill(pid, SIGKILL);
    for (;;)
        pause();
}
