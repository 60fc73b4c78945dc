// SPDX-License-Identifier: MIT
//
// chain.c: given. What the workers of a chain do, whatever way their messages go, and how they are
// started. The notes are made on a board in memory that all of them share, so that the notes need no
// way of their own; ranks have a board each, and that of the last one is sent to rank 0 at the end.

#include "chain.h"

#include <errno.h>
#include <omp.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

// -- helpers -----------------------------------------------------------------------------------------

void *share_memory(size_t bytes) {
    void *const memory =
        mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory != MAP_FAILED)
        return memory;
    refuse("There is no memory for %zu bytes that processes can share: %s. Make size smaller.",
           bytes, strerror(errno));
    return NULL;
}

void unshare_memory(void *memory, size_t bytes) {
    if (memory)
        munmap(memory, bytes);
}

void be_patient(int *turns) {
    enum { SPIN = 200 };
    if (++*turns > SPIN)
        sched_yield();
}

void no_way(const char *call) {
    fprintf(stderr, "ipc: %s: %s\n", call, strerror(errno));
    abort();
}

// -- messages and notes ------------------------------------------------------------------------------

long message_length(const struct ipc *p, long k) {
    if (!p->mixed)
        return p->size;
    // One in the middle is empty and the next as long as can be, whatever the seed.
    if (p->count > 3 && (k == p->count / 2 || k == p->count / 2 + 1))
        return k == p->count / 2 ? 0 : p->size;
    return (long)(random_bits(p->seed, 1, (uint64_t)k) % ((uint64_t)p->size + 1));
}

const unsigned char *message_bytes(const struct ipc *p, long k) {
    return p->bytes + random_bits(p->seed, 2, (uint64_t)k) % MESSAGE_SPREAD;
}

long board_notes(const struct ipc *p) {
    return p->echo ? 2 * p->count : p->count;
}

size_t board_bytes(const struct ipc *p) {
    return sizeof(struct board) + (size_t)board_notes(p) * sizeof(struct note);
}

// Differs if bytes differ, or stand in other places.
static uint64_t digest(const unsigned char *bytes, long length) {
    uint64_t sum = 0, word;
    long i = 0;
    for (; i + 8 <= length; i += 8) {
        memcpy(&word, bytes + i, 8);
        sum += (word ^ (word >> 32)) * (2 * (uint64_t)i + 1);
    }
    for (; i < length; i++)
        sum += bytes[i] * (2 * (uint64_t)i + 1);
    return sum;
}

void board_note(const struct ipc *p, struct note *note, const unsigned char *bytes, long length) {
    enum { END = 64 };
    note->length = length < 0 ? IMPOSSIBLE : (uint64_t)length + 1;
    if (length < 0)
        note->digest = 0;
    else if (p->all || length <= 2 * END)
        note->digest = digest(bytes, length);
    else
        note->digest = digest(bytes, END) + 3 * digest(bytes + length - END, END);
}

// -- what a worker does ------------------------------------------------------------------------------

struct chain {
    struct ipc *p;
    const struct way *way;
    int workers;
    void **forward, **back; // [workers - 1] channels: from i to i + 1, from i + 1 to i
    unsigned char *ended;   // [workers] processes: 1 where that one has told the end; NULL
};

// The end goes down the chain and, with echo, comes back: a sender may have to wait for its receiver.
static void finish(struct chain *c, int me, unsigned char *bytes) {
    const bool last = me == c->workers - 1;
    if (c->ended)
        c->ended[me] = 1;
    if (!last)
        c->way->end(c->forward[me]);
    while (!last && c->p->echo && c->way->receive(c->back[me], bytes) >= 0)
        ;
    if (me > 0 && c->p->echo)
        c->way->end(c->back[me - 1]);
}

static void begins(struct chain *c, unsigned char *bytes) {
    struct ipc *const p = c->p;
    p->board->begin = now();
    for (long k = 0; k < p->count; k++) {
        c->way->send(c->forward[0], message_bytes(p, k), message_length(p, k));
        if (!p->echo)
            continue;
        const long length = c->way->receive(c->back[0], bytes);
        if (length < 0 || length > p->size)
            break;
        board_note(p, &p->board->note[p->count + k], bytes, length);
    }
    finish(c, 0, bytes);
}

// Every worker but the first.
static void goes_on(struct chain *c, int me, unsigned char *bytes) {
    struct ipc *const p = c->p;
    const bool last = me == c->workers - 1;
    long length, came = 0;
    while ((length = c->way->receive(c->forward[me - 1], bytes)) >= 0) {
        const bool possible = length <= p->size;
        if ((last || !possible) && came < p->count)
            board_note(p, &p->board->note[came], bytes, possible ? length : -1);
        came++;
        if (!possible)
            break;
        if (!last)
            c->way->send(c->forward[me], bytes, length);
        if (!last && p->echo)
            length = c->way->receive(c->back[me], bytes);
        if (p->echo && length >= 0)
            c->way->send(c->back[me - 1], bytes, length);
    }
    if (length <= p->size)
        finish(c, me, bytes);
    if (last || length > p->size)
        p->board->came = came;
}

static void work(struct chain *c, int me) {
    unsigned char *const bytes = malloc((size_t)c->p->size + 1);
    if (!bytes)
        no_way("malloc");
    memset(bytes, 0, (size_t)c->p->size + 1);
    if (me == 0)
        begins(c, bytes);
    else
        goes_on(c, me, bytes);
    if (me == c->workers - 1)
        c->p->board->end = now();
    free(bytes);
}

// -- channels ----------------------------------------------------------------------------------------

static void chain_close(struct chain *c) {
    for (int i = 0; c->forward && i < 2 * c->workers; i++)
        if (c->forward[i] && c->way->close)
            c->way->close(c->forward[i]);
    free(c->forward);
}

static bool chain_open(struct chain *c, struct ipc *p, int workers, const struct way *way) {
    *c = (struct chain){.p = p, .way = way, .workers = workers};
    c->forward = calloc(2 * (size_t)workers, sizeof *c->forward);
    bool good = c->forward || refuse("There is no memory for %d channels.", workers);
    c->back = c->forward + workers;
    for (int i = 0; good && i + 1 < workers; i++)
        good = (c->forward[i] = way->open(p, i, i + 1)) &&
               (!p->echo || (c->back[i] = way->open(p, i + 1, i)));
    if (!good)
        chain_close(c);
    return good;
}

static void keep_own(struct chain *c, int me) {
    if (!c->way->keep)
        return;
    for (int i = 0; i + 1 < c->workers; i++) {
        c->way->keep(c->forward[i], me == i ? SENDS : me == i + 1 ? RECEIVES : NEITHER);
        if (c->p->echo)
            c->way->keep(c->back[i], me == i ? RECEIVES : me == i + 1 ? SENDS : NEITHER);
    }
}

// -- workers -----------------------------------------------------------------------------------------

void chain_of_threads(struct ipc *p, const struct way *way) {
    struct chain c;
    const int workers = omp_get_max_threads();
    if (workers == 1) {
        ipc_serial(p);
        return;
    }
    if (!chain_open(&c, p, workers, way))
        return;
#pragma omp parallel num_threads(workers)
    work(&c, omp_get_thread_num());
    chain_close(&c);
}

static pid_t start(struct chain *c, int me) {
    const pid_t parent = getpid(), child = fork();
    if (child != 0)
        return child;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) // it died before the line above
        _exit(1);
    keep_own(c, me);
    work(c, me);
    _exit(0);
}

// A worker that goes before the one above it has told the end took something else for it. Nobody
// would read any more what the others send: they are stopped, and the notes tell what was wrong. The
// same where a worker writes to a pipe that nobody reads. What else kills a worker kills all of us.
static void wait_for(struct chain *c, pid_t *process) {
    bool stopped = false;
    int status, fatal = 0;
    pid_t gone;
    while ((gone = waitpid(-1, &status, 0)) > 0 || errno == EINTR) {
        int me = 0;
        while (me < c->workers && process[me] != gone)
            me++;
        if (gone < 0 || me == c->workers)
            continue;
        process[me] = 0;
        if (stopped || (status == 0 && (me == 0 || c->ended[me - 1])))
            continue;
        stopped = true;
        fatal = WIFSIGNALED(status) && WTERMSIG(status) != SIGPIPE ? WTERMSIG(status) : 0;
        for (int other = 0; other < c->workers; other++)
            if (process[other] > 0)
                kill(process[other], SIGKILL);
    }
    if (fatal) {
        signal(fatal, SIG_DFL); // its last words it has said
        raise(fatal);
    }
}

void chain_of_processes(struct ipc *p, int workers, const struct way *way) {
    struct chain c;
    if (workers == 1) {
        ipc_serial(p);
        return;
    }
    pid_t *const process = calloc((size_t)workers, sizeof *process);
    unsigned char *const ended = share_memory((size_t)workers);
    if (process && ended && chain_open(&c, p, workers, way)) {
        c.ended = ended;
        int started = 0;
        while (started < workers && (process[started] = start(&c, started)) > 0)
            started++;
        if (started < workers)
            refuse("No further process can be started: %s. Take fewer workers.", strerror(errno));
        for (int me = 0; started < workers && me < started; me++)
            kill(process[me], SIGKILL);
        keep_own(&c, -1); // whoever waits here uses no channel
        wait_for(&c, process);
        chain_close(&c);
    } else {
        refuse("There is no memory for %d processes.", workers);
    }
    unshare_memory(ended, (size_t)workers);
    free(process);
}

void chain_of_ranks(struct ipc *p, MPI_Comm comm, const struct way *way) {
    enum { BOARD = 77 };
    struct chain c;
    int me, workers;
    MPI_Comm_rank(comm, &me);
    MPI_Comm_size(comm, &workers);
    p->comm = comm;
    if (workers == 1) {
        ipc_serial(p);
        return;
    }
    if (!chain_open(&c, p, workers, way))
        return;
    keep_own(&c, me);
    work(&c, me);
    const int notes = (int)(p->count * (long)sizeof(struct note));
    if (me == workers - 1) {
        MPI_Send(&p->board->came, 1, MPI_LONG, 0, BOARD, comm);
        MPI_Send(p->board->note, notes, MPI_BYTE, 0, BOARD, comm);
    } else if (me == 0) {
        MPI_Recv(&p->board->came, 1, MPI_LONG, workers - 1, BOARD, comm, MPI_STATUS_IGNORE);
        MPI_Recv(p->board->note, notes, MPI_BYTE, workers - 1, BOARD, comm, MPI_STATUS_IGNORE);
        p->board->end = now();
    }
    chain_close(&c);
}
