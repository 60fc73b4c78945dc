// SPDX-License-Identifier: MIT
//
// count.c: when is counted, and what comes of it. See count.h.

#include "count.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

atomic_bool counting;
atomic_uint_fast64_t messages, collectives, bytes, waited_ns;
static atomic_bool bracketed; // MPI_Pcontrol(1) was called

// -- the program's life --------------------------------------------------------------------------

int MPI_Init(int *argc, char ***argv) {
    const int error = PMPI_Init(argc, argv);
    counting = error == MPI_SUCCESS && getenv("TWOFOLD_EVIDENCE");
    return error;
}

int MPI_Init_thread(int *argc, char ***argv, int required, int *provided) {
    const int error = PMPI_Init_thread(argc, argv, required, provided);
    counting = error == MPI_SUCCESS && getenv("TWOFOLD_EVIDENCE");
    return error;
}

int MPI_Pcontrol(const int level, ...) {
    if (level == 1 && getenv("TWOFOLD_EVIDENCE")) {
        // The first bracket: what came before it was not meant.
        if (!atomic_exchange(&bracketed, true))
            messages = collectives = bytes = waited_ns = 0;
        counting = true;
    } else if (level == 0) {
        counting = false;
    }
    return PMPI_Pcontrol(level);
}

// A rank that waits asks again and again and gives its core away in between, where it was told to
// yield. To whoever looks from outside that is as busy as a rank that computes. So a call that comes
// close behind many others sleeps, longer each time, up to 10 ms: then the CPU time of a rank is the
// time for which it worked.
int sched_yield(void) {
    enum { MANY = 50, CLOSE_NS = 4000, FIRST_NS = 50000, LAST_NS = 10000000 };
    static _Thread_local uint64_t last;
    static _Thread_local int in_a_row;
    if (!getenv("TWOFOLD_EVIDENCE"))
        return (int)syscall(SYS_sched_yield);
    const uint64_t time = clock_ns();
    in_a_row = time - last < CLOSE_NS ? in_a_row + 1 : 0;
    if (in_a_row > MANY) {
        const int more = in_a_row - MANY - 1;
        const long sleep = more < 8 ? FIRST_NS << more : LAST_NS;
        nanosleep(&(struct timespec){.tv_nsec = sleep}, NULL);
    } else {
        syscall(SYS_sched_yield);
    }
    last = clock_ns();
    return 0;
}

// The evidence file of this rank, TWOFOLD_EVIDENCE with %r or .RANK filled in. Freed by the caller.
static char *evidence_name(const char *pattern, int rank) {
    const char *mark = strstr(pattern, "%r");
    const size_t cap = strlen(pattern) + 16;
    char *name = malloc(cap);
    if (name && mark)
        snprintf(name, cap, "%.*s%d%s", (int)(mark - pattern), pattern, rank, mark + 2);
    else if (name)
        snprintf(name, cap, "%s.%d", pattern, rank);
    return name;
}

static void write_evidence(const char *pattern, int rank) {
    char *name = evidence_name(pattern, rank);
    FILE *file = name ? fopen(name, "w") : NULL;
    bool good = file;
    if (file) {
        const char *line =
            "{\"v\":1,\"kind\":\"count\",\"rank\":%d,\"name\":\"%s\",\"value\":%" PRIu64 "}\n";
        const uint64_t us = waited_ns / 1000;
        fprintf(file, line, rank, "messages", (uint64_t)messages);
        fprintf(file, line, rank, "collectives", (uint64_t)collectives);
        fprintf(file, line, rank, "bytes", (uint64_t)bytes);
        // In whole numbers, since the program may have chosen a locale with a decimal comma.
        fprintf(file,
                "{\"v\":1,\"kind\":\"count\",\"rank\":%d,\"name\":\"mpi_ms\",\"value\":%" PRIu64
                ".%03" PRIu64 "}\n",
                rank, us / 1000, us % 1000);
        good = !ferror(file);
        good = !fclose(file) && good;
    }
    if (!good)
        fprintf(
            stderr,
            "count: rank %d cannot write its counters to %s: %s; set TWOFOLD_EVIDENCE to a file "
            "in a directory that can be written.\n",
            rank, name ? name : pattern, strerror(errno));
    free(name);
}

int MPI_Finalize(void) {
    const char *pattern = getenv("TWOFOLD_EVIDENCE");
    counting = false;
    if (pattern && *pattern)
        write_evidence(pattern, rank_of(MPI_COMM_WORLD));
    return PMPI_Finalize();
}
