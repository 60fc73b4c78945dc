// EXPECT file=omp.c check=omp-equal verdict=CRASH says="it was killed"
// Attack: kills every process that it may, the judge's too.

#include "heat.h"

#include <signal.h>
#include <unistd.h>

void heat_omp(struct heat *h) {
    (void)h;
    kill(getppid(), SIGKILL);
    kill(-1, SIGKILL);
    kill(1, SIGKILL);
    kill(getpid(), SIGKILL);
}
