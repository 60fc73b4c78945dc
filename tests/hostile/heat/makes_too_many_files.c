// EXPECT file=omp.c check=omp-equal verdict=OUTPUT|HANG says="stopped"
// Attack: fills its directory with empty files.

#include "heat.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

void heat_omp(struct heat *h) {
    (void)h;
    for (int i = 0;; i++) {
        char path[32];
        snprintf(path, sizeof path, "file-%d", i);
        close(open(path, O_WRONLY | O_CREAT, 0600));
    }
}
