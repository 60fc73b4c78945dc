// SPDX-License-Identifier: MIT
//
// given.c: given, to see who takes whom along. The same work by one process with `workers` threads,
// and by as many processes with one thread. Each process works on a copy of the entries, and hands
// over its own when it is done, through a pipe. Nobody is replaced, and nothing is tried again.

#include "record.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

struct hand {
    struct isolate *s;
    int number, of; // this thread works on records number, number + of, number + 2 of ...
};

static void *work(void *of) {
    const struct hand *const h = of;
    for (int record = h->number; record < h->s->records; record += h->of)
        isolate_note(h->s, record, isolate_work(h->s, record));
    return NULL;
}

// In a process: threads first, first + 1 ... of `of`.
static bool work_together(struct isolate *s, int first, int threads, int of) {
    pthread_t *const thread = calloc((size_t)threads, sizeof *thread);
    struct hand *const hand = calloc((size_t)threads, sizeof *hand);
    int started = 0;
    while (thread && hand && started < threads) {
        hand[started] = (struct hand){s, first + started, of};
        if (pthread_create(&thread[started], NULL, work, &hand[started]) != 0)
            break;
        started++;
    }
    for (int t = 0; t < started; t++)
        pthread_join(thread[t], NULL);
    free(thread);
    free(hand);
    return started == threads;
}

struct process {
    pid_t pid;
    int from; // its entries come here
};

static bool start(struct isolate *s, int first, int threads, int of, struct process *process) {
    int ends[2];
    const pid_t parent = getpid();
    if (pipe(ends) != 0)
        return false;
    process->pid = fork();
    if (process->pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent || !work_together(s, first, threads, of))
            _exit(1);
        const size_t size = (size_t)s->records * sizeof *s->entry;
        for (size_t sent = 0; sent < size;) {
            const ssize_t some = write(ends[1], (const char *)s->entry + sent, size - sent);
            if (some < 0)
                _exit(1);
            sent += (size_t)some;
        }
        _exit(0);
    }
    close(ends[1]);
    process->from = ends[0];
    return process->pid > 0;
}

// Adds the entries that a process hands over. False: it did not come to that.
static bool take(struct isolate *s, struct process *process, struct entry *room) {
    const size_t size = (size_t)s->records * sizeof *room;
    size_t got = 0;
    ssize_t some;
    int status = 0;
    while (got < size && ((some = read(process->from, (char *)room + got, size - got)) > 0 ||
                          (some < 0 && errno == EINTR)))
        got += some > 0 ? (size_t)some : 0;
    close(process->from);
    while (waitpid(process->pid, &status, 0) < 0 && errno == EINTR)
        ;
    for (int i = 0; got == size && i < s->records; i++) {
        s->entry[i].noted += room[i].noted;
        s->entry[i].value += room[i].value;
    }
    return got == size && status == 0;
}

// Does the worker of this record, of `of` threads in all, have a poisoned one, too?
static bool is_of_the_culprit(const struct isolate *s, int record, int of) {
    for (int i = record % of; i < s->records; i += of)
        if (record_is_poisoned(s->secret, i))
            return true;
    return false;
}

static void tell(struct isolate *s, int processes, int threads, int died) {
    int home = 0, spoilt = 0;
    for (int i = 0; i < s->records; i++) {
        home += s->entry[i].noted > 0;
        spoilt += s->entry[i].noted > 0 && s->entry[i].value != record_value(s->secret, i) &&
                  !is_of_the_culprit(s, i, processes * threads);
    }
    snprintf(s->secret->story, sizeof s->secret->story,
             "%d process%s with %d thread%s each: %d died; of %d records %d came home, %d of them "
             "overwritten by another worker",
             processes, processes == 1 ? "" : "es", threads, threads == 1 ? "" : "s", died,
             s->records, home, spoilt);
}

static void run(struct isolate *s, int processes, int threads) {
    struct process *const process = calloc((size_t)processes, sizeof *process);
    struct entry *const room = calloc((size_t)s->records + 1, sizeof *room);
    int started = 0, died = 0;
    while (process && room && started < processes &&
           start(s, started * threads, threads, processes * threads, &process[started]))
        started++;
    if (started < processes)
        refuse("No further process can be started: %s. Take fewer workers.", strerror(errno));
    for (int p = 0; p < started; p++)
        died += !take(s, &process[p], room);
    tell(s, processes, threads, died);
    free(process);
    free(room);
}

void isolate_together(struct isolate *s, int workers) {
    run(s, 1, workers);
}

void isolate_apart(struct isolate *s, int workers) {
    run(s, workers, 1);
}
