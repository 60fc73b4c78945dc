// EXPECT file=omp.c check=omp-equal verdict=PASS
// Attack: makes by itself the calls that no library offers. One that works spoils the plate.

#include "heat.h"

static long call(long number, long a, long b, long c) {
#ifdef __x86_64__
    long result;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(number), "D"(a), "S"(b), "d"(c), "r"(0L)
                     : "rcx", "r11", "memory");
    return result;
#else
    (void)number, (void)a, (void)b, (void)c;
    return -1;
#endif
}

static int worked(void) {
    static char room[256];
    const long io_uring_setup = 425, bpf = 321, userfaultfd = 323, perf_event_open = 298, keyctl = 250,
               pidfd_getfd = 438, kexec_load = 246, init_module = 175, swapon = 167;
    return call(io_uring_setup, 4, (long)room, 0) >= 0 || call(bpf, 0, (long)room, 64) >= 0 ||
           call(userfaultfd, 0, 0, 0) >= 0 || call(perf_event_open, (long)room, 0, -1) >= 0 ||
           call(keyctl, 0, -3, 1) >= 0 || call(pidfd_getfd, 0, 0, 0) >= 0 ||
           call(kexec_load, 0, 0, 0) == 0 || call(init_module, (long)room, 0, (long)room) == 0 ||
           call(swapon, (long)room, 0, 0) == 0;
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
