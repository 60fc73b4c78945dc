// SPDX-License-Identifier: MIT
//
// spawn.c: given, to see what it costs to start a program. The new process begins from nothing: it
// loads the program and its libraries, and has none of its parent's variables. What it is to do
// comes as text, and the roll as an open file.
//
// The program is this one once more. That it is a child it learns before main(), in child().

#include "shared.h"

#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#define TASK "TWOFOLD_HELLO_TASK"

extern char **environ;

__attribute__((constructor)) static void child(void) {
    const char *const task = getenv(TASK);
    struct hello h = {0};
    int file, i, worker, of;
    if (!task)
        return;
    unsigned long long seed;
    if (sscanf(task, "%d %d %d %d %d %ld %lf %d %llu", &file, &i, &worker, &of, &h.n, &h.strokes,
               &h.pause, &h.cores, &seed) != 9)
        _exit(1);
    h.seed = seed;
    h.roll = mmap(NULL, (size_t)h.n * sizeof *h.roll, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (h.roll == MAP_FAILED)
        _exit(1);
    hello_sign(&h, i, worker, of);
    _exit(0);
}

static pid_t start(struct shared *shared, int i, int worker, int of) {
    const struct hello *const h = &shared->h;
    char task[256], *const argv[] = {"hello", NULL};
    pid_t process;
    snprintf(task, sizeof task, "%d %d %d %d %d %ld %.17g %d %llu", shared->file, i, worker, of,
             h->n, h->strokes, h->pause, h->cores, (unsigned long long)h->seed);
    setenv(TASK, task, 1);
    const int why = posix_spawn(&process, "/proc/self/exe", NULL, NULL, argv, environ);
    unsetenv(TASK);
    errno = why;
    return why == 0 ? process : -1;
}

void hello_spawn(struct hello *h, int workers) {
    processes_sign(h, workers, start);
}
