// EXPECT file=omp.c check=omp-equal verdict=CRASH says="left before it had a result"
// Attack: writes result files of its own, with an end mark, and leaves before the kit writes any.

#include "heat.h"

#include <stdio.h>
#include <unistd.h>

void heat_omp(struct heat *h) {
    (void)h;
    for (int id = 0; id < 100; id++) {
        char path[32];
        snprintf(path, sizeof path, "results/%d.res", id);
        FILE *const file = fopen(path, "w");
        if (file) {
            fputs("TWORES1\nmine, and it is rightTWOEND1\n", file);
            fclose(file);
        }
    }
    _exit(0);
}
