// SPDX-License-Identifier: MIT
//
// start.c: see start.h.

#include "start.h"
#include "tree.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

extern char **environ;

// The environment of the child: ours, the command's variables, the mark.
static char **make_environment(const struct command *command, const char *mark) {
    size_t count = 0, set = 0;
    while (environ[count])
        count++;
    while (command->env && command->env[set])
        set++;
    char **list = calloc(count + set + 2, sizeof *list), **next = list;
    if (!list)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        size_t name = strcspn(environ[i], "=") + 1;
        bool replaced = strncmp(environ[i], TREE_MARK "=", name) == 0;
        for (size_t j = 0; j < set; j++)
            replaced = replaced || strncmp(environ[i], command->env[j], name) == 0;
        if (!replaced)
            *next++ = environ[i];
    }
    for (size_t j = 0; j < set; j++)
        *next++ = command->env[j];
    *next = (char *)mark; // execvpe does not write to it
    return list;
}

// In the child: only calls that are safe after a fork of a program with threads. Signals that we
// catch are the default again after exec, ignored ones stay ignored.
static void child(const struct command *command, const struct how *how, char *const *env,
                  pid_t parent, int null, int out, int err, int report) {
    sigset_t none;
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGTERM); // should we be killed, mpirun still ends its ranks
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    // To the terminal it is in the background, where reading would stop it.
    dup2(null, STDIN_FILENO);
    if (out >= 0)
        dup2(out, STDOUT_FILENO);
    if (err >= 0)
        dup2(err, STDERR_FILENO);
    if (getppid() == parent && (!how->dir || chdir(how->dir) == 0) &&
        (!how->cpus || cpus_move(how->cpus)))
        execvpe(command->argv[0], command->argv, env);
    int why = errno;
    while (write(report, &why, sizeof why) < 0 && errno == EINTR)
        ;
    _exit(127);
}

static void close_both(int ends[2]) {
    for (int i = 0; i < 2; i++)
        if (ends[i] >= 0)
            close(ends[i]);
}

int process_start(const struct command *command, const struct how *how, const char *mark,
                  struct started *started) {
    int report[2] = {-1, -1}, out[2] = {-1, -1}, err[2] = {-1, -1}, why = 0;
    char **env = make_environment(command, mark);
    int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
    pid_t parent = getpid();
    started->pid = -1;
    if (!env || null < 0 || pipe2(report, O_CLOEXEC) != 0 ||
        (how->capture_out && pipe2(out, O_CLOEXEC) != 0) ||
        (how->capture_err && pipe2(err, O_CLOEXEC) != 0) || (started->pid = fork()) < 0) {
        why = errno;
        close_both(out);
        close_both(err);
    } else if (started->pid == 0) {
        child(command, how, env, parent, null, out[1], err[1], report[1]);
    } else {
        setpgid(started->pid, started->pid);
        close(report[1]);
        report[1] = -1;
        ssize_t n;
        while ((n = read(report[0], &why, sizeof why)) < 0 && errno == EINTR)
            ;
        if (n <= 0)
            why = 0;
        started->out = out[0];
        started->err = err[0];
        out[0] = err[0] = -1;
        close_both(out);
        close_both(err);
        started->pidfd = (int)syscall(SYS_pidfd_open, started->pid, 0);
    }
    close_both(report);
    if (null >= 0)
        close(null);
    free(env);
    return why;
}
