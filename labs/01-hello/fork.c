// SPDX-License-Identifier: MIT
//
// fork.c: given, to see what a process costs, and what it has. fork() makes a second process that
// is a copy of this one: the same variables at the same addresses. From then on each writes to its
// own. Only the roll is shared, because it lies in memory that was asked for as shared.

#include "shared.h"

#include <unistd.h>

static pid_t start(struct shared *shared, int i, int worker, int of) {
    const pid_t child = fork();
    if (child == 0) {
        hello_sign(&shared->h, i, worker, of);
        _exit(0); // and not exit(): what the parent had in its buffers is the parent's to write
    }
    return child;
}

void hello_fork(struct hello *h, int workers) {
    processes_sign(h, workers, start);
}
