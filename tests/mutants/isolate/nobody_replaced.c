// EXPECT file=super.c check=super-crash verdict=WRONG says="The smallest case found that fails: super, 1 process"
// Believed: the other workers do the rest. All of them may die.

#include "isolate.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NONE = -1 };

struct worker {
    pid_t pid;    // NONE: there is no such worker
    int to, from; // pipes: numbers of records go, values come
    int record;   // that it works on
};

struct pool {
    struct isolate *s;
    int workers, next; // the next record that nobody has had
    struct worker *worker;
    struct pollfd *watch; // worker[w].from
};

static void work(const struct isolate *s, int from, int to) {
    int record;
    while (read(from, &record, sizeof record) == sizeof record) {
        const long value = isolate_work(s, record);
        if (write(to, &value, sizeof value) != sizeof value)
            break;
    }
    _exit(0);
}

// What belongs to the other workers a child must not keep: their pipes would not end with them.
static void close_others(struct pool *pool, int self) {
    for (int w = 0; w < pool->workers; w++) {
        if (w == self || pool->worker[w].pid == NONE)
            continue;
        close(pool->worker[w].to);
        close(pool->worker[w].from);
    }
}

static bool start(struct pool *pool, int w) {
    int numbers[2], values[2];
    if (pipe(numbers) != 0)
        return refuse("There is no pipe to a further worker: %s. Take fewer.", strerror(errno));
    if (pipe(values) != 0) {
        close(numbers[0]);
        close(numbers[1]);
        return refuse("There is no pipe from a further worker: %s. Take fewer.", strerror(errno));
    }
    const pid_t pid = fork();
    if (pid == 0) {
        close(numbers[1]);
        close(values[0]);
        close_others(pool, w);
        work(pool->s, numbers[0], values[1]);
    }
    close(numbers[0]);
    close(values[1]);
    if (pid < 0) {
        close(numbers[1]);
        close(values[0]);
        return refuse("No further worker can be started: %s. Take fewer.", strerror(errno));
    }
    pool->worker[w] = (struct worker){.pid = pid, .to = numbers[1], .from = values[0]};
    pool->watch[w] = (struct pollfd){.fd = values[0], .events = POLLIN};
    return true;
}

// Closes its pipes and waits for its end: if it is not dead yet, it leaves now.
static void stop(struct pool *pool, int w) {
    struct worker *const worker = &pool->worker[w];
    close(worker->to);
    close(worker->from);
    while (waitpid(worker->pid, NULL, 0) < 0 && errno == EINTR)
        continue;
    worker->pid = NONE;
    pool->watch[w].fd = -1; // poll() passes it over
}

// The next record, or the end, where there is none. That the worker may be dead already shows later:
// the record stays its own until its pipe ends.
static void hand_out(struct pool *pool, int w) {
    if (pool->next == pool->s->records) {
        stop(pool, w);
        return;
    }
    pool->worker[w].record = pool->next++;
    if (write(pool->worker[w].to, &pool->worker[w].record, sizeof(int)) < 0)
        return;
}

static void look(struct pool *pool, int w) {
    long value;
    if (read(pool->worker[w].from, &value, sizeof value) == sizeof value) {
        isolate_note(pool->s, pool->worker[w].record, value);
        hand_out(pool, w);
        return;
    }
    // the end of the pipe: the worker is gone, and what it had, it had not finished
    isolate_give_up(pool->s, pool->worker[w].record);
    stop(pool, w);
}

static bool anybody(const struct pool *pool) {
    for (int w = 0; w < pool->workers; w++)
        if (pool->worker[w].pid != NONE)
            return true;
    return false;
}

void isolate_super(struct isolate *s, int workers) {
    struct pool pool = {.s = s, .workers = workers};
    pool.worker = calloc((size_t)workers, sizeof *pool.worker);
    pool.watch = calloc((size_t)workers, sizeof *pool.watch);
    if (!pool.worker || !pool.watch) {
        refuse("There is no memory for %d workers.", workers);
        workers = pool.workers = 0;
    }
    for (int w = 0; w < workers; w++) {
        pool.worker[w].pid = NONE;
        pool.watch[w].fd = -1;
    }
    int started = 0;
    for (; started < workers && start(&pool, started); started++)
        hand_out(&pool, started);
    pool.workers = started; // more of them there are not
    while (anybody(&pool)) {
        if (poll(pool.watch, (nfds_t)started, -1) < 0)
            continue;
        for (int w = 0; w < started; w++)
            if (pool.watch[w].fd >= 0 && pool.watch[w].revents)
                look(&pool, w);
    }
    free(pool.worker);
    free(pool.watch);
}
