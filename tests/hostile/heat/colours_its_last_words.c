// EXPECT file=omp.c check=omp-equal verdict=CRASH says="died"
// Attack: dies with words that would paint the screen of whoever reads them.

#include "heat.h"

#include <signal.h>
#include <stdio.h>

void heat_omp(struct heat *h) {
    (void)h;
    fputs("\x1b[2J\x1b[32mPASS\x1b[8m\r\x07\b\b all is well\n", stderr);
    signal(SIGABRT, SIG_DFL);
    raise(SIGABRT);
}
