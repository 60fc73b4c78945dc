// SPDX-License-Identifier: MIT
//
// lab.c: describes the lab to the kit: parameters, messages, what was noted of them, and how long one
// took.

#include "lab.h"

#include "chain.h"
#include "explain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_MESSAGES = 10000000, MOST_BYTES = 1 << 28 };
static const char *const looks[] = {"all", "ends", NULL};

struct problem {
    struct ipc p; // what the versions see; first, so that both have one address
    int rank;
};

static void destroy(void *of) {
    struct ipc *const p = of;
    unshare_memory(p->board, board_bytes(p));
    free(p->bytes);
    free(of);
}

static void *create(const char *const *values, uint64_t seed, MPI_Comm comm) {
    struct ipc p = {.seed = seed, .comm = MPI_COMM_NULL};
    long mixed, echo;
    int look;
    if (!value_long("count", values[0], 0, MOST_MESSAGES, &p.count) ||
        !value_long("size", values[1], 0, MOST_BYTES, &p.size) ||
        !value_long("mixed", values[2], 0, 1, &mixed) ||
        !value_long("echo", values[3], 0, 1, &echo) ||
        !value_choice("look", values[4], looks, &look) ||
        !memory_fits(2 * (double)p.size + 64 * (double)p.count, comm))
        return NULL;
    p.mixed = mixed != 0;
    p.echo = echo != 0;
    p.all = look == 0;
    const size_t bytes = (size_t)p.size + MESSAGE_SPREAD;
    struct problem *const problem = calloc(1, sizeof *problem);
    p.bytes = malloc((bytes + 7) / 8 * 8);
    p.board = problem && p.bytes ? share_memory(board_bytes(&p)) : NULL;
    if (!p.board) {
        refuse("No memory for messages of size=%ld bytes; make size smaller.", p.size);
        free(p.bytes);
        free(problem);
        return NULL;
    }
    for (size_t i = 0; i < bytes; i += 8) {
        const uint64_t word = random_bits(seed, 0, i);
        memcpy(p.bytes + i, &word, 8);
    }
    if (comm != MPI_COMM_NULL)
        MPI_Comm_rank(comm, &problem->rank);
    problem->p = p;
    return problem;
}

// The notes as they stand, and how many messages came: every machine the kit runs on is
// little-endian.
static size_t result(const void *of, void *buf, size_t cap) {
    const struct ipc *const p = of;
    const size_t notes = (size_t)board_notes(p) * sizeof(struct note), bytes = notes + sizeof(long);
    if (buf && bytes <= cap) {
        memcpy(buf, p->board->note, notes);
        memcpy((char *)buf + notes, &p->board->came, sizeof(long));
    }
    return bytes;
}

static enum same explain(const void *of, const struct version *version, int workers,
                         const void *got, const void *want, size_t size, char *text, size_t cap) {
    (void)version, (void)workers;
    return ipc_explain(of, got, want, size, text, cap);
}

static double work(const void *of) {
    return (double)((const struct ipc *)of)->count;
}

static double bytes_of(const struct ipc *p) {
    double bytes = 0;
    for (long k = 0; k < p->count; k++)
        bytes += (double)message_length(p, k);
    return bytes;
}

static void notes(const void *of, char *text, size_t cap) {
    const struct ipc *const p = of;
    const double seconds = p->board->end - p->board->begin;
    if (((const struct problem *)of)->rank != 0 || p->count == 0 || seconds <= 0)
        return;
    if (p->echo)
        snprintf(text, cap,
                 "from end to end of the chain a message took %.3g us, %.1f bytes on average",
                 seconds / (double)p->count / 2 * 1e6, bytes_of(p) / (double)p->count);
    else
        snprintf(text, cap,
                 "%.3g GB/s came through the chain, in messages of %.1f bytes on average",
                 bytes_of(p) / seconds / 1e9, bytes_of(p) / (double)p->count);
}

// -- versions ----------------------------------------------------------------------------------------

static void serial(void *p, MPI_Comm comm, int workers) {
    (void)comm, (void)workers;
    ipc_serial(p);
}

static void omp(void *p, MPI_Comm comm, int workers) {
    (void)comm, (void)workers;
    ipc_omp(p);
}

static void mpi(void *p, MPI_Comm comm, int workers) {
    (void)workers;
    ipc_mpi(p, comm);
}

static void pipe_(void *p, MPI_Comm comm, int workers) {
    (void)comm;
    ipc_pipe(p, workers);
}

static void queue(void *p, MPI_Comm comm, int workers) {
    (void)comm;
    ipc_queue(p, workers);
}

static void shm(void *p, MPI_Comm comm, int workers) {
    (void)comm;
    ipc_shm(p, workers);
}

static void sock(void *p, MPI_Comm comm, int workers) {
    (void)comm;
    ipc_sock(p, workers);
}

static const struct param params[] = {
    {"count", "2000", "messages"},
    {"size", "4096", "of the longest, bytes"},
    {"mixed", "1", "1: they have all lengths from 0 to size; 0: each has size bytes"},
    {"echo", "0", "1: each comes back, and the next one waits for that; 0: they follow each other"},
    {"look", "all", "at all bytes when a message is noted, or at its ends, which takes less time"},
    {0}};

static const struct version versions[] = {
    {"serial", RUN_SERIAL, serial, true},   {"omp", RUN_THREADS, omp, false},
    {"mpi", RUN_RANKS, mpi, false},         {"pipe", RUN_PROCESSES, pipe_, false},
    {"queue", RUN_PROCESSES, queue, false}, {"shm", RUN_PROCESSES, shm, false},
    {"sock", RUN_PROCESSES, sock, true},    {0}};

const struct lab lab = {.name = "ipc",
                        .title = "Messages along a chain of workers",
                        .bound = BOUND_COMPUTE,
                        .params = params,
                        .create = create,
                        .result = result,
                        .explain = explain,
                        .work = work,
                        .unit = "messages",
                        .destroy = destroy,
                        .versions = versions,
                        .notes = notes};
