// SPDX-License-Identifier: MIT
//
// request.c: see request.h.

#include "request.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void request_check_params(const struct lab_about *about, char *const *words) {
    char text[2048];
    for (; words && *words; words++)
        if (**words != '-' && !lab_check_param(about, *words, text, sizeof text))
            die("%s", text);
}

static int number(const char *what, const char *text, int most, const char *why) {
    char *end;
    long value = strtol(text, &end, 10);
    if (!*text || *end || value < 1)
        die("%s must be a whole number from 1 to %d, not '%s'.", what, most, text);
    if (value > most)
        die("%s=%s is more than %s; give %d at most.", what, text, why, most);
    return (int)value;
}

struct launch request_launch(const struct request *r, const char *run, const struct machine *m,
                             int *workers) {
    int cores = m->cores > 0 ? m->cores : 1;
    bool ranks = lab_run_needs_mpi(run), hybrid = strcmp(run, "hybrid") == 0;
    int most = ranks ? (16 * cores > 256 ? 16 * cores : 256) : 65536;
    int threads = r->threads ? number("threads", r->threads, 1024, "one rank can use") : 0;
    *workers = r->workers ? number("workers", r->workers, most,
                                   ranks ? "this machine can start as ranks" : "one team can use")
                          : 0;
    if (!*workers && strcmp(run, "serial") == 0)
        *workers = 1;
    if (!*workers && hybrid && threads > 0)
        *workers = cores / threads > 1 ? cores / threads : 1;
    if (!*workers && hybrid) { // a rank a socket, but no fewer than two
        *workers = m->sockets > 2 ? m->sockets : 2;
        if (*workers > cores)
            *workers = cores;
    }
    if (!*workers)
        *workers = cores;
    if (hybrid && !threads)
        threads = cores / *workers > 1 ? cores / *workers : 1;
    struct launch launch = {.ranks = *workers, .threads = 1, .alone = r->alone};
    if (hybrid)
        launch.threads = threads;
    if (!ranks) {
        launch.ranks = 0;
        launch.threads = *workers;
    }
    return launch;
}
