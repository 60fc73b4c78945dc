// EXPECT file=omp.c check=omp-equal verdict=CRASH says="left before it had a result"
// Attack: is what the program calls in place of the C library, before main().

#include "heat.h"

#include <unistd.h>

int __libc_start_main(int (*entry)(int, char **, char **), int argc, char **argv, void (*init)(void),
                      void (*fini)(void), void (*end)(void), void *stack);
int __libc_start_main(int (*entry)(int, char **, char **), int argc, char **argv, void (*init)(void),
                      void (*fini)(void), void (*end)(void), void *stack) {
    (void)entry, (void)argc, (void)argv, (void)init, (void)fini, (void)end, (void)stack;
    _exit(0);
}

void heat_omp(struct heat *h) {
    for (int step = 0; step < h->steps; step++) {
#pragma omp parallel for schedule(static)
        for (int row = 1; row <= h->rows; row++)
            heat_row(h, row, 1, h->cols + 1);
        heat_swap(h);
    }
}
