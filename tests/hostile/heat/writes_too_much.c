// EXPECT file=omp.c check=omp-equal verdict=OUTPUT|HANG says="stopped"
// Attack: fills the disk that its directory lies on.

#include "heat.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

void heat_omp(struct heat *h) {
    static char zeros[1 << 20];
    (void)h;
    for (int i = 0;; i++) {
        char path[32];
        snprintf(path, sizeof path, "file-%d", i);
        const int fd = open(path, O_WRONLY | O_CREAT, 0600);
        for (int mib = 0; mib < 100; mib++)
            if (write(fd, zeros, sizeof zeros) < 0)
                break;
        close(fd);
    }
}
