// EXPECT file=omp.c check=omp-equal verdict=CRASH says="died here"
// Attack: calls itself until the stack is full.

#include "heat.h"

static double deeper(double x) {
    volatile double here[1000];
    here[0] = x;
    return deeper(here[0] + 1) + here[0];
}

void heat_omp(struct heat *h) {
    h->grid[0] = deeper(0);
}
