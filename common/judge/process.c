// SPDX-License-Identifier: MIT
//
// process.c: see process.h.

#include "process.h"
#include "start.h"
#include "stream.h"
#include "tree.h"
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

double process_now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

// -- signals -------------------------------------------------------------------------------------

static volatile sig_atomic_t caught, times_caught;

static void on_signal(int signal) {
    caught = signal;
    times_caught++;
}

static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
enum { SIGNALS = sizeof signals / sizeof *signals };

void process_catch_signals(void) {
    struct sigaction action = {.sa_handler = on_signal}, old;
    for (int i = 0; i < SIGNALS; i++) // nohup and a shell's background jobs ignore some: so do we
        if (sigaction(signals[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
            sigaction(signals[i], &action, NULL);
}

int process_interrupted(void) {
    return caught;
}

void process_die_if_interrupted(void) {
    if (!caught)
        return;
    fflush(NULL);
    signal(caught, SIG_DFL);
    raise(caught);
}

// -- the words -----------------------------------------------------------------------------------

static void say_how(const char *program, const struct how *how, struct outcome *o) {
    const char *slash = strrchr(program, '/');
    const char *name = slash ? slash + 1 : program;
    int told = o->signal ? o->signal : o->status > 128 && o->status < 160 ? o->status - 128 : 0;
    if (o->too_much)
        snprintf(o->text, sizeof o->text,
                 "%s was stopped: it had printed more than %.3g MiB after %.2g s", name,
                 (double)how->most / (1 << 20), o->wall);
    else if (o->over_time)
        snprintf(o->text, sizeof o->text, "%s was stopped: it had not ended after %.2g s", name,
                 how->enough && *how->enough ? o->wall : how->seconds);
    else if (o->interrupted)
        snprintf(o->text, sizeof o->text, "%s was stopped: interrupted", name);
    else if (o->signal)
        snprintf(o->text, sizeof o->text, "%s was killed by signal %d (%s)", name, told,
                 strsignal(told));
    else if (told)
        snprintf(o->text, sizeof o->text, "%s ended with status %d, which means signal %d (%s)",
                 name, o->status, told, strsignal(told));
    else
        snprintf(o->text, sizeof o->text, "%s ended with status %d", name, o->status);
}

// -- run -----------------------------------------------------------------------------------------

// Has it ended? Notes how.
static bool ended(const struct started *started, struct outcome *o) {
    int status;
    struct rusage usage;
    pid_t pid = wait4(started->pid, &status, WNOHANG, &usage);
    if (pid == 0 || (pid < 0 && errno == EINTR))
        return false;
    if (pid < 0) {
        o->status = 127; // someone else reaped it: this cannot be told any more
        return true;
    }
    o->signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    o->status = o->signal ? 128 + o->signal : WEXITSTATUS(status);
    o->cpu = (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
             1e-6 * (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
    o->peak_kb = usage.ru_maxrss;
    return true;
}

// Waits until something is written, it ends, or `ms` are over.
static void wait_some(const struct started *started, const struct stream *out,
                      const struct stream *err, int ms) {
    struct pollfd fds[3];
    nfds_t n = 0;
    if (out->fd >= 0)
        fds[n++] = (struct pollfd){.fd = out->fd, .events = POLLIN};
    if (err->fd >= 0)
        fds[n++] = (struct pollfd){.fd = err->fd, .events = POLLIN};
    if (started->pidfd >= 0)
        fds[n++] = (struct pollfd){.fd = started->pidfd, .events = POLLIN};
    else
        ms = 2;
    poll(fds, n, ms);
}

// Asks the tree to end, gives it a grace of 5 s, or until a second Ctrl-C, and kills the rest.
static void stop(const struct started *started, const char *mark, struct stream *out,
                 struct stream *err, struct outcome *o) {
    sig_atomic_t times = times_caught;
    kill(started->pid, SIGTERM);
    for (double until = process_now() + 5; process_now() < until && times == times_caught;) {
        if (ended(started, o)) {
            tree_kill(0, mark);
            return;
        }
        stream_read(out); // it may have something to say, and must not block on a full pipe
        stream_read(err);
        wait_some(started, out, err, 20);
    }
    tree_kill(started->pid, mark);
    for (int i = 0; i < 400 && !ended(started, o); i++)
        nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
}

static void watch(const struct started *started, const char *mark, const struct how *how,
                  struct stream *out, struct stream *err, struct outcome *o, double begin) {
    double ticked = begin, looked = begin;
    while (!ended(started, o)) {
        double now = process_now();
        o->interrupted = caught != 0;
        o->over_time = !o->interrupted && ((how->seconds > 0 && now - begin > how->seconds) ||
                                           (how->enough && *how->enough));
        o->too_much = how->most > 0 && out->total + err->total > how->most;
        if (o->interrupted || o->over_time || o->too_much) {
            stop(started, mark, out, err, o);
            break;
        }
        if (how->tick && now - ticked > 0.1) {
            how->tick(now - begin, how->user);
            ticked = now;
        }
        int ms = 100;
        if (how->look && now - looked >= how->look_s) {
            how->look(started->pid, now - begin, how->user);
            looked = now;
        }
        if (how->look && how->look_s < 0.1)
            ms = (int)(1000 * how->look_s) + 1;
        if (how->seconds > 0 && how->seconds - (now - begin) < 0.1)
            ms = (int)(1000 * (how->seconds - (now - begin))) + 1;
        wait_some(started, out, err, ms);
        stream_read(out);
        stream_read(err);
        stream_lines(out, how->line, how->user);
        stream_lines(err, how->err_line, how->user);
    }
    o->wall = process_now() - begin;
}

bool process_run(const struct command *command, const struct how *how, struct outcome *o) {
    static atomic_int runs;
    const char *outer = getenv(TREE_MARK);
    char mark[256];
    snprintf(mark, sizeof mark, TREE_MARK "=%.100s%s%d.%d", outer ? outer : "", outer ? "/" : "",
             (int)getpid(), atomic_fetch_add(&runs, 1));
    const char *value = mark + sizeof TREE_MARK;

    *o = (struct outcome){.status = 127};
    struct started started = {.pidfd = -1, .out = -1, .err = -1};
    double begin = process_now();
    int why = process_start(command, how, mark, &started);
    struct stream out = stream_open(started.out, how->cap);
    struct stream err = stream_open(started.err, how->cap);
    if (started.pid > 0)
        watch(&started, value, how, &out, &err, o, begin);
    o->started = started.pid > 0 && why == 0;
    if (o->started) {
        say_how(command->argv[0], how, o);
        // What is already dying may take a moment; what is not is left behind.
        int there = tree_signal(0, value, 0);
        for (int i = 0; there && i < 20; i++) {
            nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
            there = tree_signal(0, value, 0);
        }
        if (there)
            tree_name(value, o->left_name, sizeof o->left_name);
        o->left = there ? tree_kill(0, value) : 0;
    } else {
        snprintf(o->text, sizeof o->text, "%s cannot be started: %s", command->argv[0],
                 strerror(why));
    }
    stream_read(&out);
    stream_read(&err);
    stream_lines(&out, how->line, how->user);
    stream_lines(&err, how->err_line, how->user);
    stream_close(&out);
    stream_close(&err);
    if (started.pidfd >= 0)
        close(started.pidfd);
    o->out = out.text;
    o->out_size = out.size;
    o->out_cut = out.cut;
    o->err = err.text;
    o->err_size = err.size;
    o->err_cut = err.cut;
    return o->started;
}

bool process_run_by(starter *run, void *user, const struct command *command, const struct how *how,
                    struct outcome *o) {
    return run ? run(command, how, o, user) : process_run(command, how, o);
}

void outcome_free(struct outcome *o) {
    free(o->out);
    free(o->err);
    *o = (struct outcome){0};
}

static bool is_program(const char *path) {
    struct stat file;
    return stat(path, &file) == 0 && S_ISREG(file.st_mode) && access(path, X_OK) == 0;
}

bool process_find(const char *name, char *path, size_t cap) {
    const char *all = getenv("PATH");
    char here[4096];
    bool found = *name && strchr(name, '/') && is_program(name);
    if (found)
        snprintf(here, sizeof here, "%s", name);
    if (!*name || strchr(name, '/'))
        all = "";
    for (const char *at = all ? all : "/usr/bin:/bin"; *at && !found; at += *at == ':') {
        size_t length = strcspn(at, ":");
        snprintf(here, sizeof here, "%.*s/%s", length ? (int)length : 1, length ? at : ".", name);
        found = is_program(here);
        at += length;
    }
    if (found && path)
        snprintf(path, cap, "%s", here);
    return found;
}
