// SPDX-License-Identifier: MIT
//
// main.c: from the first look to the report; see box.h.

#include "box.h"
#include "directory.h"
#include "group.h"
#include "stage.h"
#include "usage.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST_FILES = 20000 };

// A job that runs.
struct job {
    const struct box *box;
    pid_t bwrap, first; // first: process 1 of the box as it is called outside, 0: not known yet
    int status_fd;      // where bwrap tells of it
    char words[1024];   // what it told
    size_t told;
    bool ended, asked;   // asked: box itself is to end
    int status;          // of bwrap, as wait() gives it
    const char *stopped; // "memory" ...: by us
    char text[256];      // a sentence about it
    double peak_mib;
    double began, grew_mib, grew_at; // when it had 1/16 more memory than at the time before
    int peak_threads;
};

static double read_clock(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double now(void) {
    return read_clock(CLOCK_MONOTONIC);
}

static double used(void) { // CPU time, ours
    return read_clock(CLOCK_PROCESS_CPUTIME_ID);
}

// -- what bwrap tells ----------------------------------------------------------------------------

static void listen_to_bwrap(struct job *job) {
    const char *at;
    ssize_t n = read(job->status_fd, job->words + job->told, sizeof job->words - 1 - job->told);
    if (n > 0)
        job->told += (size_t)n;
    at = strstr(job->words, "\"child-pid\":");
    if (at && !job->first)
        job->first = (pid_t)strtol(at + strlen("\"child-pid\":"), NULL, 10);
}

// Was the command started? bwrap tells its exit code only then.
static bool was_started(const struct job *job) {
    return strstr(job->words, "\"exit-code\"") != NULL ||
           (job->box->bare && !(WIFEXITED(job->status) && WEXITSTATUS(job->status) == 126));
}

// -- the end -------------------------------------------------------------------------------------

static void reap(struct job *job) {
    int status;
    pid_t pid;
    while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
        if (pid == job->bwrap) {
            job->ended = true;
            job->status = status;
        }
}

static bool has_children(void) {
    siginfo_t info;
    return waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0;
}

// Without a box: mpirun is asked first, for it has files to remove; then all are stopped, so that
// none makes another while the rest is killed.
static void end_bare(struct job *job) {
    const bool bursting = job->stopped && strcmp(job->stopped, "processes") == 0;
    const double until = bursting ? 0 : now() + 1;
    if (!job->ended && !bursting)
        kill(job->bwrap, SIGTERM);
    while (!job->ended && now() < until) {
        nanosleep(&(struct timespec){.tv_nsec = 2000000}, NULL);
        reap(job);
    }
    for (int again = 0; again < (bursting ? 5 : 1) && has_children(); again++)
        usage_look(1e30, SIGSTOP);
}

// Ends all that is left and waits until nothing is: at most 5 s, for the kernel may hold a process.
static void end_all(struct job *job) {
    if (job->box->bare)
        end_bare(job);
    const double begin = now();
    if (job->first > 0 && !job->ended) // its number is its own until bwrap has reaped it
        kill(job->first, SIGKILL);
    for (int i = 0; has_children() && now() - begin < 5; i++) {
        if (job->ended || job->first <= 0 || i > 50)
            usage_look(1e30, SIGKILL);
        nanosleep(&(struct timespec){.tv_nsec = 2000000}, NULL);
        listen_to_bwrap(job);
        reap(job);
    }
}

// -- the watch -----------------------------------------------------------------------------------

static void judge_usage(struct job *job) {
    const struct box *box = job->box;
    const double most = box->memory_mib > 0 ? box->memory_mib : 1e30;
    struct usage use = usage_look(most, 0);
    // One process is read after the other: a page that they come to share, or cease to, in between
    // may be counted twice. Not so again and again.
    for (int again = 0; again < 3 && use.pss_mib > most; again++) {
        nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
        use = usage_look(most, 0);
    }
    if (use.pss_mib > job->peak_mib)
        job->peak_mib = use.pss_mib;
    if (use.pss_mib > job->grew_mib * 17 / 16) {
        job->grew_mib = use.pss_mib;
        job->grew_at = now();
    }
    if (use.threads > job->peak_threads)
        job->peak_threads = use.threads;
    if (use.pss_mib > most) {
        job->stopped = "memory";
        snprintf(job->text, sizeof job->text,
                 "it was stopped: all its processes together had %.0f MiB of memory, and %d MiB "
                 "are allowed",
                 use.pss_mib, box->memory_mib);
    } else if (box->processes > 0 && use.threads > box->processes + 8) { // bwrap's and some grace
        job->stopped = "processes";
        snprintf(job->text, sizeof job->text,
                 "it was stopped: it had %d processes and threads at once, and %d are allowed",
                 use.threads, box->processes);
    }
}

static void judge_disk(struct job *job) {
    if (job->stopped || job->box->disk_mib <= 0 ||
        usage_of_disk_is_below(job->box->dir, job->box->disk_mib, MOST_FILES))
        return;
    job->stopped = "disk";
    snprintf(job->text, sizeof job->text,
             "it was stopped: it wrote more than %d MiB, or more than %d files", job->box->disk_mib,
             MOST_FILES);
}

// Looks at the job until it ends or is to be ended. Looking takes a twentieth of one core at most.
static void watch(struct job *job, int signals) {
    double memory_at = now() + 0.02, disk_at = now() + 0.5;
    while (!job->ended && !job->asked && !job->stopped) {
        struct pollfd fds[] = {{.fd = signals, .events = POLLIN},
                               {.fd = job->first ? -1 : job->status_fd, .events = POLLIN}};
        struct signalfd_siginfo info;
        double begin = now();
        poll(fds, 2, begin < memory_at ? (int)(1000 * (memory_at - begin)) + 1 : 0);
        while (read(signals, &info, sizeof info) == sizeof info)
            job->asked = job->asked || info.ssi_signo != SIGCHLD;
        if (!job->first)
            listen_to_bwrap(job);
        reap(job);
        if (job->ended || now() < memory_at)
            continue;
        begin = used();
        judge_usage(job);
        double took = used() - begin;
        memory_at = now() + (took > 0.001 ? 20 * took : 0.02);
        if (now() > disk_at) {
            begin = used();
            judge_disk(job);
            disk_at = now() + 0.5 + 20 * (used() - begin);
        }
    }
}

// Did its memory grow to the end? Steady growth adds a sixteenth in a sixteenth of the time.
static bool was_growing(const struct job *job) {
    return now() - job->grew_at < (now() - job->began) / 4;
}

static bool write_report(const struct job *job, bool growing) {
    FILE *file = fopen(job->box->report, "we");
    if (!file)
        return false;
    fprintf(file, "%s %.1f %d %d\n%s\n", job->stopped ? job->stopped : "nothing", job->peak_mib,
            job->peak_threads, growing, job->text);
    return fclose(file) == 0;
}

static int run(const struct box *box) {
    struct job job = {.box = box, .began = now()};
    bool growing = false;
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGHUP);
    sigprocmask(SIG_BLOCK, &set, NULL);
    int signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    job.bwrap = signals < 0 ? -1 : box_start(box, &job.status_fd);
    if (job.bwrap > 0) {
        watch(&job, signals);
        growing = was_growing(&job);
        end_all(&job);
        listen_to_bwrap(&job);
        judge_disk(&job);
        directory_clean(box->dir);
        if (!job.stopped && !job.asked && !was_started(&job)) {
            job.stopped = "broken";
            snprintf(job.text, sizeof job.text,
                     box->bare ? "it could not be started" : "bwrap could not make the box");
        }
    } else {
        job.stopped = "broken";
        snprintf(job.text, sizeof job.text, "bwrap cannot be started: %s", strerror(errno));
    }
    if (!write_report(&job, growing)) {
        fprintf(stderr, "box: the report %s cannot be written: %s.\n", box->report,
                strerror(errno));
        return 2;
    }
    if (job.asked)
        return 128 + SIGTERM;
    if (job.stopped && strcmp(job.stopped, "broken") != 0)
        return 128 + SIGKILL;
    return WIFEXITED(job.status) ? WEXITSTATUS(job.status) : 128 + WTERMSIG(job.status);
}

// -- main -----------------------------------------------------------------------------------------

int main(int argc, char **argv) {
    static struct box box;
    // The judge's files are none of a student's business.
    if (syscall(SYS_close_range, 3U, ~0U, 0U) != 0)
        for (int fd = 3; fd < 4096; fd++) // a kernel before 5.9
            close(fd);
    box_words(argc, argv, &box);
    if (box.uid && !directory_give(box.dir, box.uid)) {
        fprintf(stderr, "box: %s cannot be given to the user %d: %s.\n", box.dir, box.uid,
                strerror(errno));
        return 2;
    }
    if (box.stage && !stage_make(&box)) {
        fprintf(stderr, "box: %s cannot be mounted for the user %d: %s.\n", box.dir, box.uid,
                strerror(errno));
        return 2;
    }
    if (box.group && box.processes > 0)
        group_make(box.group, box.processes); // without one it is watched all the same
    const int status = run(&box);
    group_end();
    return status;
}
