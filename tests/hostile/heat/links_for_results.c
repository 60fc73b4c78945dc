// EXPECT file=omp.c check=omp-equal verdict=CRASH says="left before it had a result"
// Attack: leaves links to the system's files where the judge looks for results, and a pipe at which
// a reader would wait for ever.

#include "heat.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

void heat_omp(struct heat *h) {
    (void)h;
    for (int id = 0; id < 100; id++) {
        char path[32];
        snprintf(path, sizeof path, "results/%d.res", id);
        if (id % 2 ? symlink("/etc/passwd", path) : mkfifo(path, 0666))
            perror(path);
    }
    if (symlink("/etc/passwd", "alone.res"))
        perror("alone.res");
    _exit(0);
}
