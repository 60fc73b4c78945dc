// EXPECT file=omp.c check=omp-equal verdict=HANG|TIME says="stopped"
// Attack: blocks every signal and keeps a core busy for ever.

#include "heat.h"

#include <signal.h>

void heat_omp(struct heat *h) {
    sigset_t all;
    (void)h;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, NULL);
    for (volatile long i = 0;; i++)
        ;
}
