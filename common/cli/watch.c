// SPDX-License-Identifier: MIT
//
// watch.c: `twofold watch`: checks a lab each time one of its files is saved.
//
// Theory of operation. The kernel tells of files that are written to in the lab's directory
// (inotify(7)), and signals come in by a file as well (signalfd(2)), so one poll(2) waits for all:
//
//     a file is saved   wait until nothing more is saved for a moment (an editor writes in several
//                       steps), end a check that still runs, begin a new one
//     the check ended   its processes, should any be left, are ended; wait for the next save
//     Ctrl-C            end the check, then this program
//
// It is the directory that is watched, not the files: most editors write a new file and rename it.

#include "die.h"
#include "labs.h"
#include "labword.h"
#include "tree.h"
#include <argp.h>
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { QUIET_MS = 200, GRACE_MS = 5000, LINE = 100 };

static const struct argp_option list[] = {
    {"only", 'o', "CHECK", 0, "Passed on to `twofold check`: look at this check alone", 0}, {0}};

static const char doc[] =
    "Check a lab each time one of its files is saved.\vA save during a check ends that check and "
    "begins a new one. Ctrl-C ends it. Files on a network drive that another machine writes to are "
    "not seen.\n\nExample: twofold watch heat --only omp-equal";

struct watch {
    const struct lab_entry *lab;
    const char *only;
    char program[PATH_MAX + 64]; // build/bin/twofold
    char dir[PATH_MAX + 128];    // the lab's
    int files, signals;          // where both are read
    sigset_t before;             // the signals that were blocked at the start
    pid_t check;                 // the check that runs, 0: none
    char mark[64];               // in the environment of its processes
    char saved[NAME_MAX + 1];    // the file that was saved last, "": none since the last check
};

static error_t parse(int key, char *arg, struct argp_state *state) {
    const char **words = state->input; // the lab, the check
    switch (key) {
    case 'o':
        words[1] = arg;
        break;
    default:
        return lab_word(key, arg, state, &words[0], "one lab at a time; '%s' is a second one.");
    }
    return 0;
}

// -- the check --------------------------------------------------------------------------------------

// A line across the screen: "-- 14:03:12  omp.c was saved ---------"
static void separate(const struct watch *w) {
    char line[LINE + NAME_MAX], clock[16];
    time_t now = time(NULL);
    struct tm local;
    localtime_r(&now, &local);
    strftime(clock, sizeof clock, "%H:%M:%S", &local);
    int n = snprintf(line, sizeof line, "-- %s  %s%s ", clock, *w->saved ? w->saved : w->lab->name,
                     *w->saved ? " was saved" : "");
    while (n > 0 && n < LINE - 1)
        line[n++] = '-';
    printf("\n%.*s\n", n, line);
    fflush(stdout);
}

static void begin(struct watch *w) {
    static int number;
    separate(w);
    *w->saved = 0;
    const char *outer = getenv(TREE_MARK);
    snprintf(w->mark, sizeof w->mark, "%.30s%s%d.watch%d", outer ? outer : "", outer ? "/" : "",
             (int)getpid(), ++number);
    w->check = fork();
    if (w->check < 0)
        die("no check can be started: %s.", strerror(errno));
    if (w->check > 0)
        return;
    const char *argv[] = {"twofold", "check", w->lab->name, w->only ? "--only" : NULL,
                          w->only,   NULL};
    setenv(TREE_MARK, w->mark, 1);
    sigprocmask(SIG_SETMASK, &w->before, NULL);
    execv(w->program, (char *const *)argv);
    fprintf(stderr, "twofold watch: %s cannot be started: %s; build it with `make build`.\n",
            w->program, strerror(errno));
    _exit(2);
}

// Takes note of a check that has ended; what it may have left behind is ended.
static void reap(struct watch *w) {
    int status;
    if (w->check > 0 && waitpid(w->check, &status, WNOHANG) == w->check) {
        tree_kill(0, w->mark);
        w->check = 0;
    }
}

// Ends a check that runs: it is asked, and after a grace killed with all that it started.
static void end(struct watch *w) {
    if (w->check <= 0)
        return;
    kill(w->check, SIGTERM);
    for (int waited = 0; waited < GRACE_MS && w->check > 0; waited += 20) {
        poll(NULL, 0, 20);
        reap(w);
    }
    if (w->check > 0) {
        tree_kill(w->check, w->mark);
        waitpid(w->check, NULL, 0);
        w->check = 0;
    }
}

// -- what happens -----------------------------------------------------------------------------------

// Is it a file that people write, not an editor's own?
static bool is_source(const char *name) {
    size_t n = strlen(name);
    return n > 2 && *name != '.' && *name != '#' &&
           (strcmp(name + n - 2, ".c") == 0 || strcmp(name + n - 2, ".h") == 0);
}

static void read_files(struct watch *w) {
    _Alignas(struct inotify_event) char bytes[16384];
    ssize_t n = read(w->files, bytes, sizeof bytes);
    for (ssize_t at = 0; at < n;) {
        const struct inotify_event *event = (const void *)(bytes + at);
        if (event->mask & (IN_DELETE_SELF | IN_MOVE_SELF | IN_IGNORED | IN_UNMOUNT)) {
            end(w);
            die("the directory %s is gone, so there is nothing left to watch.", w->lab->shown);
        }
        if (event->len > 0 && is_source(event->name))
            snprintf(w->saved, sizeof w->saved, "%s", event->name);
        if (event->mask & IN_Q_OVERFLOW) // events were lost: anything may have been saved
            snprintf(w->saved, sizeof w->saved, "a file");
        at += (ssize_t)(sizeof *event + event->len);
    }
}

// Reads the signals. Returns the one that ends this program, 0: none.
static int read_signals(struct watch *w) {
    struct signalfd_siginfo info;
    int last = 0;
    while (read(w->signals, &info, sizeof info) == (ssize_t)sizeof info)
        if (info.ssi_signo != SIGCHLD)
            last = (int)info.ssi_signo;
    reap(w);
    return last;
}

// Waits for one thing, then does what follows from it. Returns the signal to end by, 0: none.
static int step(struct watch *w) {
    struct pollfd both[] = {{.fd = w->files, .events = POLLIN},
                            {.fd = w->signals, .events = POLLIN}};
    int ready = poll(both, 2, *w->saved ? QUIET_MS : -1), signal = 0;
    if (ready < 0 && errno != EINTR)
        die("it cannot wait for a save: %s.", strerror(errno));
    if (ready == 0) { // quiet since the last save
        end(w);
        begin(w);
    }
    if (ready > 0 && both[0].revents)
        read_files(w);
    if (ready > 0 && both[1].revents)
        signal = read_signals(w);
    if (!signal && w->check == 0 && !*w->saved && ready > 0 && both[1].revents) {
        printf("\nWaiting for a save in %s; Ctrl-C ends this.\n", w->lab->shown);
        fflush(stdout);
    }
    return signal;
}

// -- the beginning ----------------------------------------------------------------------------------

static void open_both(struct watch *w) {
    sigset_t caught;
    sigemptyset(&caught);
    sigaddset(&caught, SIGCHLD);
    sigaddset(&caught, SIGINT);
    sigaddset(&caught, SIGTERM);
    sigaddset(&caught, SIGHUP);
    sigprocmask(SIG_BLOCK, &caught, &w->before);
    w->signals = signalfd(-1, &caught, SFD_NONBLOCK | SFD_CLOEXEC);
    w->files = inotify_init1(IN_CLOEXEC);
    if (w->signals < 0)
        die("signals cannot be read: %s.", strerror(errno));
    if (w->files < 0)
        die("the system gives no further watcher (%s): end other programs that watch files, or ask "
            "for a larger fs.inotify.max_user_instances.",
            strerror(errno));
    if (inotify_add_watch(w->files, w->dir,
                          IN_CLOSE_WRITE | IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF) < 0)
        die("%s cannot be watched: %s.%s", w->lab->shown, strerror(errno),
            errno == ENOSPC ? " Ask for a larger fs.inotify.max_user_watches." : "");
}

int main(int argc, char **argv) {
    static const struct argp argp = {list, parse, "LAB", doc, NULL, NULL, NULL};
    static struct labs labs;
    static struct watch watch;
    const char *words[2] = {0};
    char root[PATH_MAX], text[4096];
    argp_err_exit_status = 2;
    argp_parse(&argp, argc, argv, 0, NULL, words);
    watch.lab = labs_choose(words[0], root, sizeof root, &labs, text, sizeof text);
    if (!watch.lab)
        die("%s", text);
    int signal = 0;
    watch.only = words[1];
    snprintf(watch.program, sizeof watch.program, "%s/build/bin/twofold", root);
    snprintf(watch.dir, sizeof watch.dir, "%s/labs/%s", watch.lab->home, watch.lab->dir);

    open_both(&watch);
    begin(&watch);
    while (!signal)
        signal = step(&watch);
    end(&watch);
    // End as one that does not catch the signal: a shell sees that it was one.
    struct sigaction plain = {.sa_handler = SIG_DFL};
    sigaction(signal, &plain, NULL);
    sigprocmask(SIG_SETMASK, &watch.before, NULL);
    raise(signal);
    return 128 + signal;
}
