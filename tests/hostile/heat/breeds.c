// EXPECT file=omp.c check=omp-equal verdict=CRASH|HANG|MEMORY says="t"
// Attack: forks without end, and so do its children.

#include "heat.h"

#include <unistd.h>

void heat_omp(struct heat *h) {
    (void)h;
    for (;;)
        fork();
}
