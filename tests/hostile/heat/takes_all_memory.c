// EXPECT file=omp.c check=omp-equal verdict=MEMORY|HANG says="stopped"
// Attack: takes memory until the machine has none.

#include "heat.h"

#include <stdlib.h>
#include <string.h>

void heat_omp(struct heat *h) {
    (void)h;
    for (;;) {
        static char *volatile last; // or the compiler sees that nobody reads it
        memset(last = malloc(64 << 20), 1, 64 << 20);
    }
}
