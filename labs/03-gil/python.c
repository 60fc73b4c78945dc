// SPDX-License-Identifier: MIT
//
// python.c: given, to compare with. Starts Python with tasks.py of this directory, tells it the
// tasks, and reads the answers. What is timed has the start of Python in it, some hundredths of a
// second, and a process for each worker where that is asked for.

#include "python.h"

#include "machine.h"

#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static const char *const usual[] = {"python3", NULL};
static const char *const without_lock[] = {"python3.14t", "python3.13t", "python3t", NULL};

// The path of the first of these programs that is there; NULL: none is.
static const char *find(const char *const *names) {
    static char path[PATH_MAX];
    const char *const dirs = getenv("PATH");
    for (; *names; names++) {
        for (const char *dir = dirs; dir && *dir;) {
            const size_t length = strcspn(dir, ":");
            snprintf(path, sizeof path, "%.*s/%s", (int)length, dir, *names);
            if (length > 0 && access(path, X_OK) == 0)
                return path;
            dir += length + (dir[length] == ':');
        }
    }
    return NULL;
}

bool python_offers(const char *version) {
    if (strncmp(version, "py", 2) != 0)
        return true;
    return find(strcmp(version, "pyfree") == 0 ? without_lock : usual) != NULL;
}

// build/labs/gil or build/solutions/gil -> labs/03-gil/tasks.py
static bool script(char *path, size_t cap) {
    char self[PATH_MAX];
    const ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    if (length < 0)
        return false;
    self[length] = '\0';
    const int written =
        snprintf(path, cap, "%s/labs/03-gil/tasks.py", dirname(dirname(dirname(self))));
    return written > 0 && (size_t)written < cap && access(path, R_OK) == 0;
}

// The tasks as text, in a file without a name: START OBJECT REPLY, a line each.
static FILE *tasks(const struct gil *g) {
    FILE *const file = tmpfile();
    for (int task = 0; file && task < g->tasks; task++)
        fprintf(file, "%ld %ld %ld\n", problem_start(g->of, task),
                outside_object(g->of->outside.seed, task),
                outside_reply(g->of->outside.seed, task));
    if (file && (fflush(file) != 0 || fseek(file, 0, SEEK_SET) != 0)) {
        fclose(file);
        return NULL;
    }
    return file;
}

static pid_t start(char *const argv[], int in, int out) {
    posix_spawn_file_actions_t files;
    pid_t pid = -1;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
    errno = posix_spawn(&pid, argv[0], &files, NULL, argv, environ);
    posix_spawn_file_actions_destroy(&files);
    return errno == 0 ? pid : -1;
}

// Runs Python; its answers come in a file as well, so neither has to wait for the other.
static bool run(struct gil *g, char *const argv[]) {
    FILE *const in = tasks(g), *const out = tmpfile();
    const pid_t pid = in && out ? start(argv, fileno(in), fileno(out)) : -1;
    int status = -1, count = 0;
    while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    if (out && status == 0) {
        rewind(out);
        while (count <= g->tasks && fscanf(out, "%ld", &g->answer[count]) == 1)
            count++;
    }
    if (in)
        fclose(in);
    if (out)
        fclose(out);
    return count == g->tasks + 1;
}

static void python(struct gil *g, const char *const *names, const char *with, int workers) {
    const struct problem *const p = g->of;
    char path[PATH_MAX], number[4][32];
    const char *const python = find(names);
    if (p->program == PROGRAM_CHAIN && strcmp(with, "processes") == 0) {
        refuse("program=chain waits for what another task stores, and other processes never see "
               "that; take another program, or the version pythread.");
        return;
    }
    if (!python || !script(path, sizeof path)) {
        refuse("%s and labs/03-gil/tasks.py, two directories above this program, must both be "
               "there; install the first, and run the program that `make build` makes.",
               names[0]);
        return;
    }
    snprintf(number[0], sizeof number[0], "%d", workers);
    snprintf(number[1], sizeof number[1], "%ld", p->numbers);
    snprintf(number[2], sizeof number[2], "%.17g", p->outside.pause);
    snprintf(number[3], sizeof number[3], "%.17g", g->interval);
    char *const argv[] = {
        (char *)python, path,      (char *)with, (char *)program_names[p->program], number[0],
        number[1],      number[2], number[3],    (char *)p->outside.where,          NULL};
    if (!run(g, argv))
        refuse("%s did not bring all answers; what it said stands above. Take fewer workers or "
               "fewer tasks.",
               python);
}

void gil_pythread(struct gil *g, int workers) {
    python(g, usual, "threads", workers);
}

void gil_pyproc(struct gil *g, int workers) {
    python(g, usual, "processes", workers);
}

void gil_pyfree(struct gil *g, int workers) {
    python(g, without_lock, "threads", workers);
}
