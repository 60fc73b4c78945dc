// EXPECT file=omp.c check=omp-equal verdict=PASS
// Attack: makes shared memory, semaphores and queues that outlive their makers. One that can be
// made spoils the plate.

#include "heat.h"

#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>

static int made(void) {
    const key_t key = 0x74776f66;
    return shmget(key, 4096, IPC_CREAT | 0666) >= 0 || semget(key, 1, IPC_CREAT | 0666) >= 0 ||
           msgget(key, IPC_CREAT | 0666) >= 0;
}

void heat_omp(struct heat *h) {
    if (made())
        return;
    for (int step = 0; step < h->steps; step++) {
#pragma omp parallel for schedule(static)
        for (int row = 1; row <= h->rows; row++)
            heat_row(h, row, 1, h->cols + 1);
        heat_swap(h);
    }
}
