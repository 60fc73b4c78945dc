// SPDX-License-Identifier: MIT
//
// plain.c: a pipe between two processes, in a few plain lines: what lab 05 can be held against.
//
//     plain COUNT SIZE       COUNT messages of SIZE bytes one way
//     plain COUNT SIZE echo  there and back, each before the next one
//
// prints {"wall_ms":...,"work":COUNT}

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void put(int end, const char *bytes, size_t length) {
    while (length > 0) {
        const ssize_t some = write(end, bytes, length);
        if (some <= 0)
            exit(2);
        bytes += some;
        length -= (size_t)some;
    }
}

static void take(int end, char *bytes, size_t length) {
    while (length > 0) {
        const ssize_t some = read(end, bytes, length);
        if (some <= 0)
            exit(2);
        bytes += some;
        length -= (size_t)some;
    }
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

int main(int argc, char **argv) {
    const long count = argc >= 3 ? atol(argv[1]) : 0, size = argc >= 3 ? atol(argv[2]) : 0;
    const int echo = argc == 4 && strcmp(argv[3], "echo") == 0;
    int there[2], back[2];
    char *const bytes = count > 0 && size > 0 ? calloc(1, (size_t)size) : NULL;
    if (!bytes || argc > 3 + echo || pipe(there) != 0 || pipe(back) != 0) {
        fprintf(stderr, "usage: plain COUNT SIZE [echo]\n");
        return 2;
    }
    const double begin = now();
    const pid_t child = fork();
    if (child < 0)
        return 2;
    for (long i = 0; i < count; i++) {
        if (child != 0)
            put(there[1], bytes, (size_t)size);
        else
            take(there[0], bytes, (size_t)size);
        if (echo && child == 0)
            put(back[1], bytes, (size_t)size);
        else if (echo)
            take(back[0], bytes, (size_t)size);
    }
    if (child == 0)
        _exit(0);
    waitpid(child, NULL, 0);
    printf("{\"wall_ms\":%.6f,\"work\":%ld}\n", 1e3 * (now() - begin), count);
    return 0;
}
