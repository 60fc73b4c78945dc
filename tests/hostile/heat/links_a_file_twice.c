// EXPECT file=omp.c check=omp-equal verdict=CRASH says="result"
// Attack: a result that has a second name, under which it could be changed after it was judged.

#include "heat.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

void heat_omp(struct heat *h) {
    (void)h;
    for (int id = 0; id < 100; id++) {
        char path[32];
        snprintf(path, sizeof path, "results/%d.res", id);
        if (link("/w/first", path) != 0)
            close(open("/w/first", O_WRONLY | O_CREAT, 0666));
    }
    if (link("/w/first", "alone.res") != 0)
        perror("alone.res");
    _exit(0);
}
