// EXPECT file=omp.c check=omp-equal verdict=PASS
// Attack: tries the calls that reach beyond a box: a namespace, another process, a mount. One that
// works spoils the plate.

#include "heat.h"

#include <sched.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/shm.h>
#include <unistd.h>

static int worked(void) {
    return unshare(CLONE_NEWUSER) == 0 || mount("none", "/tmp", "tmpfs", 0, "") == 0 ||
           ptrace(PTRACE_ATTACH, 1, 0, 0) == 0 || setuid(0) == 0 || memfd_create("x", 0) >= 0 ||
           shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600) >= 0;
}

void heat_omp(struct heat *h) {
    if (worked())
        return;
    for (int step = 0; step < h->steps; step++) {
#pragma omp parallel for schedule(static)
        for (int row = 1; row <= h->rows; row++)
            heat_row(h, row, 1, h->cols + 1);
        heat_swap(h);
    }
}
